/// How a letter looks: one column, on paper, on a phone, by day and by night.
enum LetterStyle {
  static let sheet = """
    :root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1b; --soft: #52525b; --line: #b9b9c0; --shade: #f3f3f5;
      --link: #0b4f9e; --good: #14632b; --bad: #a31515; --open: #7a4b00; }
    @media (prefers-color-scheme: dark) {
      :root { --paper: #16171a; --ink: #ececf0; --soft: #b4b5bd; --line: #4a4c55; --shade: #222429;
        --link: #8fc0ff; --good: #7fd89a; --bad: #ff9d94; --open: #f2c46d; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 46rem; background: var(--paper); color: var(--ink);
      font: 1.0625rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
    h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.5rem 0 .5rem; padding-top: 1rem; border-top: 2px solid var(--ink); }
    h3 { font-size: 1.0625rem; margin: 1.5rem 0 .25rem; }
    p, ul, ol, table, details { margin: .25rem 0; }
    a { color: var(--link); }
    .soft, caption, footer { color: var(--soft); }
    .outcome { font-size: 1.2rem; padding: .6rem .8rem; border-left: .35rem solid currentcolor; background: var(--shade); }
    .good { color: var(--good); } .bad { color: var(--bad); } .open { color: var(--open); }
    .warning { padding: .5rem .8rem; border: 1px solid var(--open); color: var(--open); }
    .value, .mark { font-weight: 600; }
    .mark { white-space: nowrap; }
    table { border-collapse: collapse; width: 100%; }
    caption { text-align: left; padding-bottom: .25rem; }
    th, td, li, p { unicode-bidi: isolate; }
    th, td { text-align: left; vertical-align: top; overflow-wrap: break-word; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
    thead th { color: var(--soft); font-weight: 600; }
    tbody th { font-weight: 400; }
    tbody th.group { font-weight: 600; padding-top: .75rem; }
    ul, ol { padding-left: 1.25rem; }
    .steps, .steps ul { list-style: none; padding-left: 0; }
    .steps ul { padding-left: .6rem; margin-left: .2rem; border-left: 2px solid var(--line); }
    .steps ul ul ul ul ul ul ul ul ul ul { padding-left: 0; margin-left: 0; }
    .steps li { padding: .1rem 0; }
    .steps summary { cursor: pointer; padding: .1rem 0; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    code { font: .9em ui-monospace, monospace; }
    footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .9rem; }
    @media (max-width: 34rem) {
      thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      table, tbody, tr, th, td, caption { display: block; }
      tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
      th, td { border: 0; padding: .05rem 0; overflow-wrap: anywhere; }
      tbody th { font-weight: 600; }
      td:empty { display: none; }
      td::before { content: attr(data-label) " "; content: attr(data-label) " " / ""; color: var(--soft); }
    }
    @media print {
      :root { --paper: #fff; --ink: #000; --soft: #333; --line: #999; --shade: #fff; --link: #000;
        --good: #000; --bad: #000; --open: #000; }
      body { max-width: none; padding: 0; font-size: 10.5pt; }
      h2, h3, caption { break-after: avoid; }
      tr, .outcome { break-inside: avoid; }
      nav { display: none; }
      details::details-content { content-visibility: visible; height: auto; display: block; }
      .provisions a[href]::after { content: " (" attr(href) ")"; }
    }

    """
}
