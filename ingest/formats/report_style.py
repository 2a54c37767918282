"""How the report page looks: from 320 pixels up, light and dark, on paper; no fonts or pictures from elsewhere."""

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #fff; --soft: #f3f4f6; --line: #c6c9d0; --quiet: #4a4d55;
  --error: #a3121f; --error-soft: #fdecee; --warning: #7a4b00; --warning-soft: #fff4dd; --info: #0b4f8a;
  --info-soft: #e8f2fc; --good: #14602f; --good-soft: #e7f6ec; --link: #0b4f8a; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf1; --paper: #17181c; --soft: #22242a; --line: #474a54;
  --quiet: #b9bcc6; --error: #ff9ba3; --error-soft: #3b1a1e; --warning: #ffc766; --warning-soft: #36290f;
  --info: #92c7ff; --info-soft: #16283b; --good: #83dba0; --good-soft: #15301f; --link: #92c7ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 75rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: clamp(1.35rem, 6vw, 1.75rem); line-height: 1.2; margin: .5rem 0; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .75rem; padding-top: 1rem; border-top: 3px solid var(--line); }
h3 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: 0; list-style: none; }
nav a { display: inline-block; padding: .25rem 0; min-height: 1.75rem; }
p { margin: .4rem 0; max-width: 65ch; }
.quiet { color: var(--quiet); }
.verdict { padding: .75rem 1rem; border-left: .4rem solid; border-radius: .25rem; max-width: none; }
.verdict strong { font-size: 1.2rem; display: block; }
.valid { border-color: var(--good); background: var(--good-soft); }
.valid strong { color: var(--good); }
.invalid { border-color: var(--error); background: var(--error-soft); }
.invalid strong { color: var(--error); }
dl.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(7.5rem, 1fr)); gap: .75rem 1.5rem;
  margin: 1rem 0; }
dl.facts dt { color: var(--quiet); font-size: .9rem; }
dl.facts .long { grid-column: span 2; }
dl.facts dd { margin: 0; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; margin: .5rem 0 1rem; }
th, td { text-align: left; vertical-align: top; padding: .6rem .75rem; border-bottom: 1px solid var(--line); }
thead th { background: var(--soft); font-size: .9rem; }
td.count { text-align: right; font-variant-numeric: tabular-nums; }
thead th:last-child { text-align: right; }
.error h4 { color: var(--error); } .warning h4 { color: var(--warning); } .info h4 { color: var(--info); }
.error table { border-top: 3px solid var(--error); } .warning table { border-top: 3px solid var(--warning); }
.info table { border-top: 3px solid var(--info); }
th.rule { width: 11rem; font-weight: 600; } td.where { width: 30%; } td.count { width: 4.5rem; }
ul.places { margin: 0; padding: 0; list-style: none; }
ul.places li + li { margin-top: .5rem; }
ul.places .value { display: block; font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace;
  font-size: .85rem; color: var(--quiet); }
dl.rules dt { font-weight: 600; margin-top: 1rem; }
dl.rules dd { margin: 0 0 0 1rem; }
:target { outline: 2px solid var(--link); outline-offset: 4px; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .75rem; }
@media screen and (max-width: 48rem) {
  table, thead, tbody, tr, th, td { display: block; width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { border: 1px solid var(--line); border-radius: .25rem; margin: .75rem 0; padding: .25rem 0; }
  tbody th, tbody td, th.rule, td.where, td.count { width: auto; border: 0; padding: .35rem .75rem; text-align: left; }
  td[data-label]::before { content: attr(data-label); display: block; color: var(--quiet); font-size: .85rem; }
  .error table, .warning table, .info table { border-top: 0; }
  .error tbody tr { border-left: .3rem solid var(--error); }
  .warning tbody tr { border-left: .3rem solid var(--warning); }
  .info tbody tr { border-left: .3rem solid var(--info); }
  dl.rules dd { margin-left: 0; }
}
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #eee; --line: #999; --quiet: #333; --error: #8a0010;
    --error-soft: #fff; --warning: #5c3800; --warning-soft: #fff; --info: #003c6e; --info-soft: #fff; --good: #00431a;
    --good-soft: #fff; --link: #000; }
  body { font-size: 10pt; padding: 0; max-width: none; }
  nav { display: none; }
  tr, dl.rules dd, .verdict { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  section + section > h2 { break-before: page; }
}
"""
