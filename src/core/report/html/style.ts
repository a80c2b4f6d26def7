/** Light and dark by the reader's setting; light on paper, where what is folded is open. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1f2328;--dim:#59636e;--line:#d1d9e0;--page:#fff;--soft:#f6f8fa;--good:#1a7f37;--bad:#cf222e;--odd:#9a6700;--calm:#0969da}
@media screen and (prefers-color-scheme:dark){:root{--ink:#f0f6fc;--dim:#9198a1;--line:#3d444d;--page:#0d1117;--soft:#151b23;--good:#3fb950;--bad:#f85149;--odd:#d29922;--calm:#4493f8}}
*{box-sizing:border-box}
body{max-width:60rem;margin:2rem auto;padding:0 1rem;color:var(--ink);background:var(--page);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2rem}h3,h4{font-size:1.05rem}
table{border-collapse:collapse}th,td{padding:.2rem 1rem .2rem 0;text-align:left;vertical-align:top}th{color:var(--dim);font-weight:normal;white-space:nowrap}
ul.steps{list-style:none;padding:0}ul.steps>li{padding:.35rem 0 .35rem 1.8rem;position:relative;border-top:1px solid var(--line)}
.sign{position:absolute;left:.2rem;font-weight:bold}.words{color:var(--dim)}
.done>.sign{color:var(--good)}.failed>.sign,.unknown>.sign,.failed>.words,.unknown>.words,.bad{color:var(--bad)}.skipped>.sign,.forced>.sign{color:var(--odd)}
p{margin:.3rem 0}pre{margin:.4rem 0;padding:.6rem;background:var(--soft);border:1px solid var(--line);border-radius:4px;white-space:pre-wrap;font:13px/1.45 ui-monospace,monospace}
code{font:0.9em ui-monospace,monospace}summary{cursor:pointer;color:var(--dim)}
.timeline{width:100%;height:auto;font:12px system-ui,sans-serif}
.timeline text{fill:var(--ink)}.timeline .axis{fill:var(--dim)}.tick{stroke:var(--line)}.wait{fill:var(--line);fill-opacity:.4}
.phase{fill:var(--line)}.succeeded{fill:var(--good)}.failed{fill:var(--bad)}.unknown,.skipped,.forced,.cancelled{fill:var(--odd)}.running{fill:var(--calm)}.neutral{fill:var(--dim)}.over{fill:var(--bad)}.rollback{fill-opacity:.5}
@media print{:root{color-scheme:only light}body{max-width:none;margin:0}details::details-content{content-visibility:visible;display:block;block-size:auto}pre{break-inside:avoid-page}h2,h3,h4,summary{break-after:avoid}}
`.trim();
