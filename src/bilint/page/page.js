"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const words = JSON.parse(one("#words").textContent);
  const said = (key, values) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const root = document.documentElement;
  root.classList.add("script");

  // What lies in the page is found once: 10,000 findings are filtered by these records, not by asking the page again.
  const confidences = ["low", "medium", "high"];
  const findings = [];
  const byId = new Map();
  const articles = [];
  for (const section of all(".article")) {
    const article = { section, entry: null, findings: [], text: one(".head", section).textContent, isHidden: false };
    articles.push(article);
    for (const note of all(".note", section)) {
      const [, severity, confidence] = note.className.split(" ");
      const rule = note.getAttribute("data-rule");
      const sure = confidences.indexOf(confidence);
      const finding = { note, article, rule, severity, sure, text: "", marks: null, stretches: null, isHidden: false };
      findings.push(finding);
      article.findings.push(finding);
      byId.set(note.id, finding);
    }
  }
  const entries = new Map(all(".contents li").map((entry) => [entry.getAttribute("data-of"), entry]));
  for (const article of articles) article.entry = entries.get(article.section.id);

  /* Filters */
  const filters = one(".filters");
  const search = one("#search");
  let shown = findings;

  // Of an article: which marks and stretches of the page belong to which finding. Found when it is needed first.
  function know(article) {
    if (!article.findings.length || article.findings[0].marks) return;
    for (const finding of article.findings) {
      finding.marks = [];
      finding.stretches = new Set([finding.note.closest(".stretch")]);
    }
    for (const mark of all("mark[data-f]", article.section)) {
      const finding = byId.get(mark.dataset.f);
      finding.marks.push(mark);
      finding.stretches.add(mark.closest(".stretch"));
    }
    article.stretches = all(".stretch", article.section).map((stretch) => {
      const before = stretch.previousElementSibling;
      return { stretch, fold: before?.classList.contains("fold") ? before : null, isHidden: false };
    });
  }

  function knowText(article) {
    if (!article.findings.length || article.findings[0].text) return;
    let text = "";
    let last = null;
    for (const finding of article.findings) {
      const group = finding.note.parentElement;
      if (group !== last) text = one(".row", group)?.textContent ?? "";
      last = group;
      finding.text = `${finding.note.textContent}\n${text}\n${article.text}`.toLowerCase();
    }
  }

  // While nobody waits for it, all is got ready for the first filter.
  function prepare(from = 0) {
    const end = performance.now() + 8;
    let at = from;
    for (; at < articles.length && performance.now() < end; at += 1) {
      know(articles[at]);
      knowText(articles[at]);
    }
    if (at < articles.length) setTimeout(prepare, 4, at);
  }

  function wanted() {
    const pressed = new Set(all("[data-severity][aria-pressed=true]", filters).map((each) => each.dataset.severity));
    const rule = one("#rule").value;
    const file = one("#file").value;
    const least = Number(one("#confidence").value);
    const text = search.value.trim().toLowerCase();
    if (text) articles.forEach(knowText);
    return (finding) =>
      pressed.has(finding.severity) &&
      (!rule || finding.rule === rule) &&
      (!file || finding.article.section.id === file) &&
      finding.sure >= least &&
      (!text || finding.text.includes(text));
  }

  function filter() {
    const fits = wanted();
    shown = [];
    for (const article of articles) {
      const fitting = article.findings.filter(fits);
      shown.push(...fitting);
      hide(article, !fitting.length, article.section, article.entry);
      if (fitting.length) show(article, new Set(fitting));
    }
    tell();
  }

  function hide(record, isHidden, ...elements) {
    if (record.isHidden === isHidden) return;
    record.isHidden = isHidden;
    for (const element of elements) if (element) element.hidden = isHidden;
  }

  // Only in articles that are shown at all; what stands in the others is looked at when they come back.
  function show(article, fitting) {
    know(article);
    const stretches = new Set();
    for (const finding of article.findings) {
      const isHidden = !fitting.has(finding);
      if (finding.isHidden !== isHidden) for (const mark of finding.marks) mark.classList.toggle("off", isHidden);
      hide(finding, isHidden, finding.note);
      if (!isHidden) for (const stretch of finding.stretches) stretches.add(stretch);
    }
    for (const each of article.stretches) hide(each, !stretches.has(each.stretch), each.stretch, each.fold);
  }

  function tell() {
    one("#count").textContent = said("shown", { shown: shown.length, all: findings.length });
    one(".nothing").hidden = shown.length > 0;
  }

  function reset() {
    search.value = "";
    for (const select of all("select", filters)) select.selectedIndex = 0;
    for (const chip of all("[data-severity]", filters)) chip.setAttribute("aria-pressed", "true");
    filter();
  }

  let waiting = 0;
  if (filters && findings.length) {
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(filter, 60);
    });
    for (const select of all("select", filters)) select.addEventListener("change", filter);
    filters.addEventListener("click", (event) => {
      const chip = event.target.closest("[data-severity]");
      if (!chip) return;
      chip.setAttribute("aria-pressed", chip.getAttribute("aria-pressed") === "true" ? "false" : "true");
      filter();
    });
    one("#reset").addEventListener("click", reset);
    one("#next").addEventListener("click", () => step(1));
    one("#previous").addEventListener("click", () => step(-1));
    tell();
    setTimeout(prepare, 50);
  }

  /* From finding to finding, or from sentence to sentence */
  let current = null;

  function step(by) {
    if (!shown.length) return;
    const at = shown.indexOf(current);
    const here = at >= 0 ? at + by : by > 0 ? nearest() : nearest() - 1;
    focus(shown[Math.min(Math.max(here, 0), shown.length - 1)]);
  }

  // The first finding that ends below the top of the window, by halving: asking each would lay out the whole page.
  function nearest() {
    let low = 0;
    let high = shown.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shown[middle].note.getBoundingClientRect().top < 60) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function focus(finding) {
    current = finding;
    finding.note.focus({ preventScroll: true });
    finding.note.scrollIntoView({ block: "center" });
  }

  const sentences = (document.body.className === "alignment" ? all(".row") : []).flatMap((row) => {
    const byNumber = new Map();
    for (const each of all(".s", row)) if (!byNumber.has(each.dataset.s)) byNumber.set(each.dataset.s, each);
    return [...byNumber.values()];
  });
  let reading = -1;

  function read(by, fits = () => true) {
    for (let at = reading + by; at >= 0 && at < sentences.length; at += by) {
      if (!fits(sentences[at])) continue;
      reading = at;
      const sentence = sentences[at];
      sentence.tabIndex = -1;
      sentence.focus({ preventScroll: true });
      sentence.scrollIntoView({ block: "center" });
      return;
    }
  }

  const isDoubtful = (sentence) => sentence.matches(".alone, .unsure, .row.alone .s:first-child, .row.unsure .s:first-child");

  /* What belongs together is lit together */
  let lit = [];

  function light(target) {
    for (const each of lit) each.classList.remove("lit");
    lit = [];
    const sentence = target.closest?.(".s");
    const note = target.closest?.(".note");
    const mark = target.closest?.("mark[data-f]");
    if (sentence) lit = all(`.s[data-s="${sentence.dataset.s}"]`, sentence.closest(".row"));
    else if (note || mark) {
      const finding = byId.get(note ? note.id : mark.dataset.f);
      know(finding.article);
      lit = note ? finding.marks : [finding.note, ...finding.marks];
    }
    for (const each of lit) each.classList.add("lit");
  }

  document.addEventListener("pointerover", (event) => light(event.target));
  document.addEventListener("focusin", (event) => {
    light(event.target);
    const note = event.target.closest(".note");
    if (note) current = byId.get(note.id);
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-f]");
    const finding = mark && byId.get(mark.dataset.f);
    if (finding && !finding.note.hidden && !event.target.closest("a")) focus(finding);
  });

  /* Keyboard, help, colours */
  const help = one("#help");
  const showHelp = () => (help.open ? help.close() : help.showModal());
  one("#close").addEventListener("click", () => help.close());
  one("#keys")?.addEventListener("click", showHelp);
  one("#theme")?.addEventListener("click", () => {
    const dark = getComputedStyle(root).colorScheme === "dark" || (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "light" : "dark";
  });

  const keys = sentences.length
    ? { j: () => read(1), k: () => read(-1), n: () => read(1, isDoubtful), p: () => read(-1, isDoubtful) }
    : { j: () => step(1), k: () => step(-1) };
  keys["?"] = showHelp;
  keys["/"] = () => search?.select();

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && document.activeElement === search) search.blur();
    if (event.target.closest("input, select, textarea") || (help.open && event.key !== "?")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
