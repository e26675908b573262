"""The style of pages: in the page itself, for they load nothing else; named by its hash."""

STYLE = """
:root { color-scheme: light dark; --ink: #1f2329; --soft: #646a73; --line: #dee0e3; --paper: #fff;
  --ground: #f5f6f7; --good: #1a7f37; --bad: #c5221f; --bad-ground: #fdecea; --accent: #1456f0; }
@media (prefers-color-scheme: dark) { :root { --ink: #ebebeb; --soft: #a6a6a6; --line: #3a3d41;
  --paper: #202225; --ground: #141517; --good: #57c271; --bad: #ff8a80; --bad-ground: #3a1f1e;
  --accent: #82a7ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; display: grid; gap: 1rem; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem; }
h1 { margin: 0; font-size: 1.5rem; }
h1.good { color: var(--good); }
h1.bad { color: var(--bad); }
h2 { margin: 0 0 .5rem; font-size: 1.05rem; }
header small, .soft { color: var(--soft); font-size: .875rem; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem;
  padding: 1rem; }
section.trouble { background: var(--bad-ground); border-color: var(--bad); }
section.trouble h2 { color: var(--bad); }
section p { margin: .25rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
ul { list-style: none; margin: 0; padding: 0; }
li { padding: .5rem 0; border-top: 1px solid var(--line); }
li:first-child { border-top: 0; padding-top: 0; }
progress { width: 100%; height: .75rem; accent-color: var(--accent); }
.beside { display: grid; gap: 1rem; }
@media (min-width: 48rem) { .beside { grid-template-columns: 1fr 1fr; } }
"""
