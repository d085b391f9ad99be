// Shows the alerts: sorts, filters, and draws an alert's proof when it is opened. Texts only ever become text nodes.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const T = data.texts, rules = data.rules, lists = data.lists;
  const [ROW, BLOCK, TENTHS, SHIPMENT, TOGETHER, ROLE, PARTY, GOODS, ROUTE, WHY, RULES] = Array(11).keys();
  const SVG = "http://www.w3.org/2000/svg", PORTION = 100, PRINTED = 250;
  const at = (id) => document.getElementById(id);
  const table = at("list"), status = at("status"), find = at("find"), decision = at("decision"), rule = at("rule");
  const order = at("order"), further = at("further"), open = at("open"), heads = table.tHead.rows[0].cells;
  const number = new Intl.NumberFormat("en-GB");
  const points = (tenths) => `${Math.floor(tenths / 10)}.${tenths % 10}`;

  const put = (node, attributes, children) => {
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children.flat().filter((child) => child !== null && child !== ""));
    return node;
  };
  const el = (tag, attributes = {}, ...children) => put(document.createElement(tag), attributes, children);
  const svg = (tag, attributes = {}, ...children) => put(document.createElementNS(SVG, tag), attributes, children);
  const drawing = (attributes, ...children) => svg("svg", { "aria-hidden": "true", focusable: "false", ...attributes }, ...children);
  const icon = (name) => drawing({ class: "icon" }, svg("use", { href: `#i-${name}` }));
  const own = (text) => el("span", { dir: "auto" }, text);
  const small = (text) => (text ? el("small", {}, ` ${text}`) : null);
  const items = (texts) => el("ul", { class: "plain" }, texts.map((text) => el("li", { dir: "auto" }, text)));
  const heading = (names, attributes = {}) => el("thead", attributes, el("tr", {}, names.map((name) => el("th", { scope: "col" }, name))));
  const inGroups = (list, size) => Array.from({ length: list.length / size }, (_, group) => list.slice(group * size, (group + 1) * size));

  // Strongest first is the order of the data itself. Proofs stand in portions with texts of their own, and wait to be asked for.
  const place = new Map(data.alerts.map((alert, index) => [alert, index]));
  const portions = document.querySelectorAll("script.proofs"), read = [];
  const proofOf = (alert) => {
    const index = place.get(alert), part = Math.floor(index / data.size);
    read[part] ??= JSON.parse(portions[part].textContent);
    const texts = read[part].texts, [sums, findings, gates, hits, unknown, warnings, cells] = read[part].alerts[index % data.size];
    const said = (list) => list.map((one) => texts[one]);
    return {
      sums: inGroups(sums, 4).map(([tenths, ...rest]) => [tenths, ...said(rest)]),
      findings: findings.map(([id, confidence, ...conditions]) => ({ id: texts[id], confidence, conditions: inGroups(said(conditions), 2) })),
      gates: said(gates), hits: hits.map(said), unknown: inGroups(said(unknown), 2), warnings: said(warnings), cells: inGroups(said(cells), 2),
    };
  };

  // The sum: each bar begins where the one above it ended, and the last is the score.
  const waterfall = (sums, score) => {
    const percent = (tenths) => `${tenths / 10}%`;
    const mark = () => svg("line", { class: "s-mark", x1: `${data.reviewAt}%`, x2: `${data.reviewAt}%`, y1: 0, y2: 24 });
    const bar = (kind, from, tenths) => svg("rect", { class: kind, x: percent(from), width: percent(tenths), y: 4, height: 16 });
    let reached = 0;
    const body = sums.map(([tenths, id, title, note]) => {
      const from = reached;
      reached += tenths;
      const end = svg("line", { class: "s-line", x1: percent(reached), x2: percent(reached), y1: tenths ? 4 : 0, y2: 24 });
      return el("tr", {}, el("th", { scope: "row" }, el("span", { class: "mono" }, id), ` ${title}`, small(note && `(${note})`)),
        el("td", {}, drawing({}, mark(), tenths ? bar("f-bar", from, tenths) : null, end)), el("td", { class: "n" }, `+${points(tenths)}`));
    });
    return el("table", { class: "sum" },
      el("caption", {}, "How the score adds up", small(`0 to 100 points; the dashed line is the review threshold, ${data.reviewAt}`)),
      el("colgroup", {}, el("col", { class: "c1" }), el("col"), el("col", { class: "c3" })),
      heading(["finding", "bar", "points"], { class: "hidden" }), el("tbody", {}, body),
      el("tfoot", {}, el("tr", {}, el("th", { scope: "row" }, "Score"), el("td", {}, drawing({}, mark(), bar("f-total", 0, score))),
        el("td", { class: "n" }, points(score)))));
  };

  const ruleOf = (id) => rules[id] || { title: "", about: "", why: "", sources: [] };
  const cell = (name, ...children) => el("td", { "data-name": name }, ...children);
  const resembled = (hits) => {
    const names = ["on the document", "as listed", "list and date", "what the list means", "likeness"];
    return el("table", { class: "rows list" }, el("caption", {}, "Listed parties that it resembles", small("A hit asks for a person to look; it proves nothing.")),
      heading(names), el("tbody", {}, hits.map(([role, name, listed, id, list, programme, measure, how]) => el("tr", {},
        cell(names[0], own(name), small(role)), cell(names[1], own(listed), " ", el("small", { class: "mono" }, id)),
        cell(names[2], `${list} ${programme}`, small(lists[`${id.split(":")[0]}:`] || lists[list])), cell(names[3], measure), cell(names[4], how)))));
  };

  const finding = ({ id, confidence, conditions }, added) => {
    const held = ruleOf(id);
    return [
      el("h4", {}, el("span", { class: "mono" }, id), ` ${held.title}`, small(`+${points(added)}`)),
      el("p", { class: "note screen" }, held.about), el("p", { class: "screen" }, held.why),
      el("ul", { class: "plain" }, conditions.map(([text, source]) => el("li", { dir: "auto" }, text, small(source && `[${source}]`)))),
      confidence < 100 ? el("p", { class: "note" }, `Counted at ${confidence} %: the party may be another of a similar name.`) : null,
      el("div", { class: "screen" }, el("p", { class: "note" }, "Published sources:"), items(held.sources)),
    ];
  };

  const proof = (alert) => {
    const { sums, findings, gates, hits, unknown, warnings, cells } = proofOf(alert);
    const added = new Map();
    for (const [tenths, id] of sums) if (!added.has(id)) added.set(id, tenths);
    findings.sort((one, other) => (added.get(other.id) || 0) - (added.get(one.id) || 0));
    const part = (title, list, ...children) => (list.length ? [el("h3", {}, title), ...children] : []);
    return [
      waterfall(sums, alert[TENTHS]),
      part("Why the decision is what it is, whatever the score", gates, items(gates)),
      hits.length ? resembled(hits) : null,
      part("What was found, and who says so", findings,
        el("p", { class: "note paper" }, "Why each rule stands, and its published sources, are said once, under “Rules” at the end."), findings.flatMap((one) => finding(one, added.get(one.id) || 0))),
      part("Rules that could not be decided, for want of facts", unknown,
        items(unknown.map(([id, missing]) => `${id} ${ruleOf(id).title}${missing && ` (not known: ${missing})`}`))),
      part("Cells that could not be used as written", warnings, items(warnings)),
      part("What the document says", cells, el("dl", { class: "cells" },
        cells.flatMap(([name, text]) => [el("dt", { dir: "auto" }, name), el("dd", { dir: "auto" }, text)]))),
    ].flat(2).filter(Boolean);
  };

  const fills = new WeakMap();
  const shown = (alert) => {
    const word = alert[BLOCK] ? "block" : "review", together = T[alert[TOGETHER]], shipment = T[alert[SHIPMENT]];
    const inside = el("div", { class: "proof" });
    const details = el("details", {}, el("summary", { dir: "auto" }, el("span", { class: "hidden" }, `Proof for row ${alert[ROW]}: `), T[alert[WHY]]), inside);
    const fill = () => { if (!inside.firstChild) inside.append(...proof(alert)); };
    details.addEventListener("toggle", () => { if (details.open) fill(); });
    fills.set(details, fill);
    return el("tbody", {},
      el("tr", {}, el("td", { class: `d ${word}` }, icon(word), word), el("td", { class: "s n" }, points(alert[TENTHS])),
        el("td", { class: "n", "data-name": "row" }, number.format(alert[ROW])), el("td", { class: "p" }, own(T[alert[PARTY]]), small(T[alert[ROLE]])),
        el("td", { class: "g" }, own(T[alert[GOODS]])), el("td", { class: "r" }, own(T[alert[ROUTE]]),
          small(shipment && `shipment ${shipment}${together && together !== word ? ` (together: ${together})` : ""}`))),
      el("tr", { class: "more" }, el("td", { colspan: 6 }, details)));
  };

  const collator = new Intl.Collator("en");
  const byText = (field) => (one, other) => collator.compare(T[one[field]], T[other[field]]);
  const orders = {
    decision: (one, other) => place.get(one) - place.get(other), score: (one, other) => other[TENTHS] - one[TENTHS],
    row: (one, other) => one[ROW] - other[ROW], party: byText(PARTY), goods: byText(GOODS), route: byText(ROUTE),
  };
  const words = new Map();
  const searched = (alert) => {
    if (!words.has(alert)) {
      const { hits, cells } = proofOf(alert);
      const head = [SHIPMENT, PARTY, GOODS, ROUTE, WHY].map((field) => T[alert[field]]);
      words.set(alert, [alert[ROW], ...head, ...alert[RULES].map((id) => T[id]), ...hits.flat(), ...cells.flat()].join("\n").toLowerCase());
    }
    return words.get(alert);
  };

  let chosen = [], drawn = 0, sorted = "decision", turned = false;
  const draw = () => {
    const next = chosen.slice(drawn, drawn + PORTION);
    table.append(...next.map(shown));
    drawn += next.length;
    further.hidden = drawn >= chosen.length;
    further.textContent = `Show ${number.format(Math.min(PORTION, chosen.length - drawn))} more`;
    const found = chosen.length === data.alerts.length ? "" : ` that were found among ${number.format(data.alerts.length)}`;
    status.textContent = `${number.format(drawn)} of ${number.format(chosen.length)} alerts shown${found}`;
    open.setAttribute("aria-pressed", "false");
    open.textContent = "Open all that are shown";
  };
  const renew = () => {
    const asked = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    chosen = data.alerts.filter((alert) =>
      (decision.value === "" || decision.value === (alert[BLOCK] ? "block" : "review")) &&
      (rule.value === "" || alert[RULES].some((id) => T[id] === rule.value)) &&
      asked.every((word) => searched(alert).includes(word)));
    chosen.sort(orders[sorted]);
    if (turned) chosen.reverse();
    for (const body of [...table.tBodies]) body.remove();
    drawn = 0;
    draw();
  };
  const sort = (name, turn) => {
    [sorted, turned] = [name, turn];
    order.value = turn ? "" : name;
    const falls = name === "decision" || name === "score";
    for (const head of heads) {
      if (head.dataset.sort === name) head.setAttribute("aria-sort", falls !== turn ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    renew();
  };

  let waiting = 0;
  find.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(renew, 150); });
  decision.addEventListener("change", renew);
  rule.addEventListener("change", renew);
  order.addEventListener("change", () => sort(order.value, false));
  further.addEventListener("click", () => {
    const last = table.tBodies.length;
    draw();
    table.tBodies[last].querySelector("summary").focus();
  });
  open.addEventListener("click", () => {
    const opened = open.getAttribute("aria-pressed") !== "true";
    for (const details of table.querySelectorAll("details")) details.open = opened;
    open.setAttribute("aria-pressed", opened);
    open.textContent = opened ? "Close all that are shown" : "Open all that are shown";
  });

  // On paper nothing can be opened: what was found is printed with its proofs. 250 are some 500 pages, which a browser
  // lays out in half a minute; what is left out is said.
  const asked = () => {
    const words = find.value.trim();
    const parts = [words && `the words “${words}”`, decision.value && `the decision ${decision.value}`, rule.value && `rule ${rule.value}`];
    return parts.filter(Boolean).join(", ");
  };
  const printedLine = (count) => {
    const of = chosen.length === data.alerts.length ? "" : `, those of ${number.format(data.alerts.length)} with ${asked()}`;
    const left = chosen.length - count;
    return left === 0 ? `Printed with proof: ${count === 1 ? "the one alert" : `all ${number.format(count)} alerts`}${of}.`
      : `Printed with proof: the first ${number.format(count)} of ${number.format(chosen.length)} alerts${of}. ` +
        `The other ${number.format(left)} are not on paper: search, or choose a decision or a rule, and print them in parts.`;
  };
  let beyond = [], opened = [];
  addEventListener("beforeprint", () => {
    if (opened.length) return;
    const count = Math.min(chosen.length, Math.max(PRINTED, drawn));
    beyond = chosen.slice(drawn, count).map(shown);
    table.append(...beyond);
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) {
      fills.get(details)?.();
      details.open = true;
    }
    at("printed").textContent = printedLine(count);
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    for (const body of beyond) body.remove();
    [beyond, opened] = [[], []];
  });

  for (const head of heads) {
    const button = el("button", { type: "button" }, head.textContent);
    button.addEventListener("click", () => sort(head.dataset.sort, sorted === head.dataset.sort && !turned));
    head.replaceChildren(button);
  }
  at("tools").hidden = false;
  sort("decision", false);
})();
