// Reads [[generator, [heading, …]], …] on standard input and prints the slugs of the real sluggers, null where one is
// not installed. Run in a folder whose node_modules has github-slugger, @docusaurus/utils, markdown-it,
// markdown-it-anchor and @mdit-vue/shared.
import { readFileSync } from "node:fs";

async function installed(name) {
  try {
    return await import(name);
  } catch {
    return null;
  }
}

const github = await installed("github-slugger");
const docusaurus = await installed("@docusaurus/utils");
const markdownIt = await installed("markdown-it");
const anchor = await installed("markdown-it-anchor");
const mditVue = await installed("@mdit-vue/shared");

function sluggers(generator) {
  if ((generator === "github" || generator === "astro") && github) {
    const slugger = new github.default();
    return (headings) => headings.map((heading) => slugger.slug(heading));
  }
  if (generator === "docusaurus" && docusaurus) {
    const slugger = docusaurus.createSlugger();
    return (headings) => headings.map((heading) => slugger.slug(heading));
  }
  if ((generator === "vitepress" || generator === "vuepress") && markdownIt && anchor && mditVue) {
    return (headings) => anchored(headings);
  }
  return null;
}

// The plugin numbers what is repeated; the headings reach it as tokens, so that nothing in them is mark-up.
function anchored(headings) {
  const md = new markdownIt.default();
  md.use(anchor.default, { slugify: mditVue.slugify });
  const state = new md.core.State("", md, {});
  for (const heading of headings) {
    state.tokens.push(new state.Token("heading_open", "h2", 1));
    const inline = new state.Token("inline", "", 0);
    const text = new state.Token("text", "", 0);
    text.content = heading;
    inline.children = [text];
    inline.content = heading;
    state.tokens.push(inline, new state.Token("heading_close", "h2", -1));
  }
  md.core.ruler.__rules__.find((rule) => rule.name === "anchor").fn(state);
  return state.tokens.filter((token) => token.type === "heading_open").map((token) => token.attrGet("id"));
}

const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(asked.map(([generator, headings]) => sluggers(generator)?.(headings) ?? null)));
