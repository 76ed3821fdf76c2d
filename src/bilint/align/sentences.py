def align_segments(a,b): return ()
def sentences(p): return ()
