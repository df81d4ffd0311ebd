/// The look of a page: the reader's own typefaces, one column, what is too wide scrolls by itself. Contrasts are at least
/// 4.5 to 1 (WCAG 2.1, AA).
let htmlStyle = """
  :root { --ink: #1b1f24; --soft: #57606a; --paper: #ffffff; --panel: #f5f6f8; --line: #d4d8dd; --link: #0550ae;
    --verb: #8a2be2; --keyword: #b4232c; --label: #0550ae; --number: #0a6640; --string: #7a4a00; --comment: #57606a;
    --good: #0a6640; --bad: #b4232c; --bad-paper: #fdf0ef; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e6e9ec; --soft: #a2abb5; --paper: #15181c; --panel: #1f242a; --line: #3a424b; --link: #7fb8ff;
      --verb: #cda6ff; --keyword: #ff9a92; --label: #7fb8ff; --number: #7ddba6; --string: #f0c27a; --comment: #a2abb5;
      --good: #7ddba6; --bad: #ff9a92; --bad-paper: #33201f; } }
  * { box-sizing: border-box; }
  html { -webkit-text-size-adjust: 100%; }
  body { margin: 0; color: var(--ink); background: var(--paper);
    font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
  main, footer { max-width: 50rem; margin: 0 auto; padding: 1.5rem 1rem; overflow-wrap: break-word; }
  h1, h2, h3, h4 { line-height: 1.25; margin: 2em 0 0.6em; }
  h1 { font-size: 1.9rem; margin-top: 0.5em; } h2 { font-size: 1.4rem; } h3 { font-size: 1.15rem; }
  a { color: var(--link); } .anchor { scroll-margin-top: 1rem; }
  code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.875em; }
  pre { overflow-x: auto; margin: 0.6rem 0; padding: 0.7rem 0.9rem; line-height: 1.45; border-radius: 6px; }
  p code, li code, td code { background: var(--panel); padding: 0.1em 0.3em; border-radius: 4px; }
  main > pre, .code { background: var(--panel); }
  .cell { margin: 1.2rem 0 1.6rem; }
  .code { border-left: 3px solid var(--line); }
  .info { margin: 0; font: 0.8rem ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; color: var(--soft); }
  .verb { color: var(--verb); font-weight: 600; } .keyword { color: var(--keyword); } .label { color: var(--label); }
  .code .number { color: var(--number); } .string { color: var(--string); }
  .comment { color: var(--comment); font-style: italic; }
  .output { padding-top: 0.2rem; padding-bottom: 0.2rem; white-space: pre-wrap; overflow-wrap: anywhere; }
  .error, .warning { color: var(--ink); background: var(--bad-paper); border-left: 3px solid var(--bad); }
  .expectation { margin: 0.4rem 0; padding: 0.3rem 0.9rem; border-left: 3px solid var(--good); }
  .expectation .sign { color: var(--good); font-weight: 700; } .measured { color: var(--soft); display: block; }
  .fails { border-color: var(--bad); background: var(--bad-paper); } .fails .sign { color: var(--bad); }
  .fails .measured { color: var(--ink); } .advice { display: block; font-style: italic; }
  .prose { white-space: pre-wrap; }
  .wide { overflow-x: auto; margin: 0.8rem 0;
    background: linear-gradient(to right, var(--paper) 1.5rem, transparent) left / 3rem 100% no-repeat local,
      linear-gradient(to left, var(--paper) 1.5rem, transparent) right / 3rem 100% no-repeat local,
      linear-gradient(to right, var(--line), transparent) left / 0.7rem 100% no-repeat scroll,
      linear-gradient(to left, var(--line), transparent) right / 0.7rem 100% no-repeat scroll; }
  table { border-collapse: collapse; font-size: 0.95em; font-variant-numeric: tabular-nums; }
  th, td { padding: 0.3rem 0.8rem 0.3rem 0; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
  thead th { border-bottom: 2px solid var(--ink); } tbody tr:last-child td { border-bottom: 2px solid var(--ink); }
  th.number, td.number { text-align: right; } td.number { white-space: nowrap; }
  .caption, figcaption, .missing, footer { color: var(--soft); font-size: 0.9em; }
  figure { margin: 1rem 0; } figure svg { display: block; max-width: none; height: auto; border-radius: 4px; }
  @media (min-width: 50rem) { figure svg { max-width: 100%; } }
  blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--soft); }
  .banner { margin: 0 0 1.5rem; padding: 0.6rem 1rem; background: var(--bad-paper); border-left: 4px solid var(--bad); }
  .banner p { margin: 0.3rem 0; }
  nav { margin: 1rem 0; padding: 0.6rem 1rem; background: var(--panel); border-radius: 6px; }
  nav ul { margin: 0; padding: 0; list-style: none; } nav .level3 { padding-left: 1.2rem; }
  footer { border-top: 1px solid var(--line); }
  math { font-size: 1.05em; } math[display="block"] { margin: 0.8rem 0; overflow-x: auto; overflow-y: hidden; }
  @media print {
    :root { --ink: #000; --soft: #444; --paper: #fff; --panel: #f3f3f3; --line: #bbb; }
    body { font-size: 10pt; } main, footer { max-width: none; padding: 0; }
    pre { white-space: pre-wrap; } .wide { overflow: visible; background: none; } nav { display: none; }
    figure, table, pre, .expectation { break-inside: avoid; } h1, h2, h3 { break-after: avoid; }
    figure svg { max-width: 100%; } a { color: inherit; }
    table { font-size: 0.85em; } th, td { padding-right: 0.5rem; }
    @page { margin: 18mm; }
  }
  """
