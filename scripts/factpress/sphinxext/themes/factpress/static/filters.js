"use strict";
/* Filters and sorts the register and the list of sources, which are complete without this script.
   What is chosen stands in the address: claims.html?verdict=contradicted&chapter=3. */
(() => {
  const root = document.documentElement;
  // rows that go away after the first paint would make the page jump
  if (location.search.length > 1) root.classList.add("filtering");
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");
  const PAIR = ["grade", "consulted"]; // both hold of one piece of evidence

  class List {
    constructor(form) {
      this.form = form;
      const table = document.querySelector(".register");
      // a group is a heading and what stands below it
      this.groups = table
        ? [...table.tBodies].map((body) => ({ whole: body, into: body, items: [...body.rows].slice(1) }))
        : [...document.querySelectorAll("section.grade")].map((part) => {
            const list = part.querySelector(".sources");
            return { whole: part, into: list, items: [...list.children] };
          });
      this.items = this.groups.flatMap((group) => group.items).map((node, place) => ({
        node, place, text: fold(node.textContent),
        number: Number((node.querySelector(".id, .label")?.textContent.match(/\d+/) ?? [place])[0]),
        evidence: (node.dataset.evidence ?? "").split(" ").filter(Boolean).map((pair) => pair.split("/")),
      }));
      for (const group of this.groups) {
        group.count = group.whole.querySelector(".group .count");
        group.told = group.count?.textContent;
      }
      const first = this.groups[0].into;
      this.flat = first.cloneNode(false);
      this.flat.removeAttribute("id");
      (table ?? this.groups[0].whole.parentNode).insertBefore(this.flat, this.groups[0].whole);
      this.selects = [...form.querySelectorAll("select")];
      this.countOptions();
      for (const select of this.selects) select.addEventListener("change", () => this.chosen("pushState"));
      form.elements.q.addEventListener("input", () => this.chosen("replaceState"));
      form.addEventListener("submit", (event) => event.preventDefault());
      form.querySelector(".filter-all").addEventListener("click", (event) => {
        event.preventDefault();
        this.fill(new URLSearchParams());
        this.chosen("pushState");
        form.elements.q.focus();
      });
      addEventListener("popstate", () => this.show(new URLSearchParams(location.search)));
      if (table) roles(table);
      form.classList.add("ready");
      this.show(new URLSearchParams(location.search));
    }

    values(item, name) {
      if (PAIR.includes(name)) return item.evidence.map((pair) => pair[PAIR.indexOf(name)]);
      return (item.node.dataset[name] ?? "").split(" ");
    }

    /* how many each choice has; what has none is no choice, unless an address asks for it */
    countOptions() {
      for (const select of this.selects) {
        if (select.name === "sort") continue;
        const counts = new Map();
        for (const item of this.items)
          for (const value of new Set(this.values(item, select.name))) counts.set(value, (counts.get(value) ?? 0) + 1);
        for (const option of [...select.options].slice(1)) {
          const count = counts.get(option.value) ?? 0;
          option.textContent += ` (${count})`;
          option.hidden = option.disabled = !count;
        }
        if (counts.size < 2 && !counts.get("")) select.closest("label").hidden = select.options.length < 3;
      }
    }

    fill(asked) {
      for (const select of this.selects) {
        const wanted = asked.get(select.name) ?? "";
        select.value = [...select.options].some((option) => option.value === wanted) ? wanted : select.options[0].value;
      }
      this.form.elements.q.value = asked.get("q") ?? "";
    }

    show(asked) {
      this.fill(asked);
      const folded = this.form.querySelector("details");
      if (this.selects.some((select) => select.selectedIndex > 0 && folded?.contains(select))) folded.open = true;
      this.apply();
    }

    chosen(how) {
      const asked = new URLSearchParams();
      for (const select of this.selects) if (select.selectedIndex > 0) asked.set(select.name, select.value);
      const words = this.form.elements.q.value.trim();
      if (words) asked.set("q", words);
      const query = asked.toString();
      history[how](null, "", query ? `?${query}` : location.pathname);
      this.apply();
    }

    apply() {
      const chosen = this.selects.filter((select) => select.name !== "sort" && select.value);
      const single = chosen.filter((select) => !PAIR.includes(select.name));
      const pair = PAIR.map((name) => chosen.find((select) => select.name === name)?.value);
      const asksEvidence = pair.some(Boolean);
      const words = [...fold(this.form.elements.q.value).matchAll(/"([^"]+)"?|[^\s"]+/g)].map((m) => m[1] ?? m[0]);
      let shown = 0, pieces = 0;
      for (const item of this.items) {
        const fitting = item.evidence.filter((one) => pair.every((value, at) => !value || one[at] === value));
        const fits = single.every((select) => this.values(item, select.name).includes(select.value))
          && (!asksEvidence || fitting.length > 0)
          && words.every((word) => item.text.includes(word));
        item.node.hidden = !fits;
        shown += fits;
        pieces += fits ? fitting.length : 0;
      }
      this.arrange(this.form.elements.sort.value);
      for (const select of this.selects) select.classList.toggle("chosen", select.name !== "sort" && Boolean(select.value));
      this.tell(shown, asksEvidence ? pieces : 0);
      root.classList.remove("filtering");
    }

    /* in groups as they stand, or in one list in another order */
    arrange(how) {
      const grouped = this.form.elements.sort.options[0].value === how;
      if (!grouped || this.flat.children.length) {
        if (grouped) for (const group of this.groups) group.into.append(...group.items);
        else this.flat.append(...this.sorted(how).map((item) => item.node));
      }
      this.flat.hidden = grouped;
      for (const group of this.groups) {
        const shown = group.items.filter((node) => !node.hidden).length;
        group.whole.hidden = !grouped || !shown;
        if (group.count) group.count.textContent = shown < group.items.length ? this.some(shown, group.items.length) : group.told;
      }
    }

    sorted(how) {
      const order = (select, item) =>
        [...this.form.elements[select].options].findIndex((option) => option.value === item.node.dataset[select]);
      const by = {
        number: (item) => item.number,
        name: (item) => item.number, // numbers of sources follow their names
        verdict: (item) => order("verdict", item),
        state: (item) => order("state", item),
        evidence: (item) => -item.evidence.length,
        claims: (item) => -Number(item.node.dataset.claims),
      }[how];
      return [...this.items].sort((a, b) => by(a) - by(b) || a.place - b.place);
    }

    some(shown, of) {
      return this.form.dataset.some.replace("{n}", shown).replace("{of}", of);
    }

    tell(shown, pieces) {
      const say = this.form.dataset;
      const all = shown === this.items.length;
      const sentence = !shown ? say.none : all ? say.all : this.some(shown, this.items.length);
      const more = shown && pieces ? say.evidenceToo.replace("{n}", pieces) : "";
      this.form.querySelector(".filter-status").textContent = sentence + more;
      this.form.querySelector(".filter-all").hidden = location.search.length < 2;
    }
  }

  /* on a phone the rows are cards: what is laid out as a block is a table to a screen reader only by its roles */
  const roles = (table) => {
    table.setAttribute("role", "table");
    for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      for (const cell of row.cells) {
        const heads = { col: "columnheader", row: "rowheader", rowgroup: "rowheader" };
        cell.setAttribute("role", heads[cell.getAttribute("scope")] ?? "cell");
      }
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector(".filters");
    if (form) new List(form);
    else root.classList.remove("filtering");
  });
})();
