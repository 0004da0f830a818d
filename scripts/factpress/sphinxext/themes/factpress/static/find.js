"use strict";
/* Search. The records are one script, loaded when a reader first searches; no page is fetched.
   It fills the panel below the box in the bar, or the list of the search page. */
(() => {
  const root = document.documentElement.dataset.content_root ?? "./";
  const KINDS = ["paragraph", "claim", "term", "source", "question", "event", "section"];
  const WEIGHT = [1.8, 1.6, 2, 0.5, 0.8, 1.1, 1]; // of the kinds: the book's own text and findings before its sources
  const SHOWN = 30, IN_PANEL = 8, BEFORE = 70, LENGTH = 230;
  const IN_TITLE = 3, IN_TEXT = 1, MOST = 5; // weights of a word
  const WORD = /[\p{L}\p{N}]+/gu, WITHOUT_SPACES = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+/g;
  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");

  /* words in small letters with their places; what is written without spaces is taken two letters at a time */
  const words = (text) => {
    const found = [];
    const add = (word, at) => word && found.push({ word, at, end: at + word.length });
    for (const match of text.toLowerCase().matchAll(WORD)) {
      let last = 0;
      for (const run of match[0].matchAll(WITHOUT_SPACES)) {
        add(match[0].slice(last, run.index), match.index + last);
        for (let n = 0; n < Math.max(1, run[0].length - 1); n += 1)
          add(run[0].slice(n, n + 2), match.index + run.index + n);
        last = run.index + run[0].length;
      }
      add(match[0].slice(last), match.index + last);
    }
    return found;
  };

  class Index {
    constructor(data) {
      Object.assign(this, data);
      this.stemmer = new window.Stemmer();
      this.known = new Map(); // words and the numbers of their stems
      this.ofStem = new Map();
      this.postings = []; // of each stem: record, weight, record, weight …
      this.labels = new Map();
      data.records.forEach(([kind, , , label, title, text], number) => {
        if (label && kind !== 2) this.labels.set(`${kind} ${label.toLowerCase()}`, number);
        this.add(`${label} ${title}`, number, IN_TITLE);
        this.add(text, number, IN_TEXT);
      });
      // a word that is not typed to its end is found by how it begins
      this.forms = [...this.known].map(([word, stem]) => [bare(word), stem]).sort((a, b) => (a[0] < b[0] ? -1 : 1));
    }

    add(text, number, weight) {
      const listed = text.toLowerCase().match(WORD) ?? [];
      for (const word of listed) {
        if (word.length > 1 && word.search(WITHOUT_SPACES) >= 0)
          for (const part of words(word)) this.post(part.word, number, weight);
        else this.post(word, number, weight);
      }
    }

    post(word, number, weight) {
      const listed = this.postings[this.stem(word, true)];
      if (listed.length && listed.at(-2) === number) listed[listed.length - 1] = Math.min(listed.at(-1) + weight / 4, MOST);
      else listed.push(number, weight);
    }

    /* the number of a word's stem; of one that no record has, undefined */
    stem(word, isNew = false) {
      let known = this.known.get(word);
      if (known === undefined) {
        const stem = bare(this.stemmer.stemWord(word));
        known = this.ofStem.get(stem);
        if (known === undefined && isNew) {
          known = this.postings.push([]) - 1;
          this.ofStem.set(stem, known);
        }
        if (isNew) this.known.set(word, known);
      }
      return known;
    }

    /* the one place that is meant: C034, ✗34, 3.12, Q307, [194], S03.P1.2 */
    direct(query) {
      const text = query.trim().toLowerCase();
      const unit = this.units.find((id) => id.toLowerCase() === text);
      if (unit && unit !== this.units[0]) return { uri: `${root}${this.units[0]}#unit-${unit}`, words: unit };
      const claim = /^(?:c0*|[✓◐✗≠≈○–?]\s*)(\d+)$/.exec(text);
      const tries = claim ? [`1 c${claim[1].padStart(3, "0")}`] : [];
      const paragraph = /^(?:¶\s*)?(\d+\.\d+)$/.exec(text);
      if (paragraph) tries.push(`0 ${paragraph[1]}`);
      if (/^q\d+$/.test(text)) tries.push(`4 ${text}`);
      const source = /^\[(\d+)\]$/.exec(text);
      if (source) tries.push(`3 ${source[1]}`);
      const number = tries.map((name) => this.labels.get(name)).find((found) => found !== undefined);
      return number === undefined ? null : { number, uri: this.uri(number) };
    }

    /* what a number alone may mean: it stands first, and the reader chooses */
    numbered(query) {
      const number = /^\s*0*(\d+)\s*$/.exec(query)?.[1];
      const names = number ? [`1 c${number.padStart(3, "0")}`, `3 ${number}`] : [];
      return names.map((name) => this.labels.get(name)).filter((found) => found !== undefined);
    }

    uri(number, marked = []) {
      const [, page, anchor] = this.records[number];
      const query = marked.length ? `?find=${encodeURIComponent(marked.join(" "))}` : "";
      return `${root}${this.pages[page][0]}${query}${anchor ? `#${anchor}` : ""}`;
    }

    /* stems that a word stands for, each with how much it counts; the last word of a query may be unfinished */
    stems(word, unfinished) {
      const found = new Map();
      const exact = this.stem(word);
      if (exact !== undefined) found.set(exact, 1);
      const start = bare(word);
      if ((unfinished || !found.size) && (start.length > 1 || /[^\x00-\x7f]/.test(start))) {
        let low = 0, high = this.forms.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (this.forms[middle][0] < start) low = middle + 1;
          else high = middle;
        }
        // a stem of the beginning of a word may be that of another word: `armis` is no army
        if (unfinished && this.forms[low]?.[0].startsWith(start) && this.forms[low][0] !== start) found.clear();
        for (; low < this.forms.length && this.forms[low][0].startsWith(start); low += 1) {
          const stem = this.forms[low][1];
          if (!found.has(stem)) found.set(stem, 0.6);
        }
      }
      return found;
    }

    find(query) {
      const parts = [...query.matchAll(/"([^"]*)"?|[^\s"]+/g)];
      const phrases = parts.filter((part) => part[1]?.trim()).map((part) => words(part[1]).map((one) => one.word));
      const asked = parts.flatMap((part, place) => {
        const listed = words(part[1] ?? part[0]).map((one) => ({ word: one.word, unfinished: false }));
        const open = place === parts.length - 1 && part[1] === undefined && !/\s$/.test(query);
        if (open && listed.length) listed.at(-1).unfinished = true;
        return listed;
      });
      let scores = null;
      const stems = new Set();
      for (const { word, unfinished } of asked) {
        const own = new Map();
        for (const [stem, factor] of this.stems(word, unfinished)) {
          stems.add(stem);
          const listed = this.postings[stem];
          const rarity = Math.log(1 + (2 * this.records.length) / listed.length) * factor;
          for (let n = 0; n < listed.length; n += 2) {
            if (scores && !scores.has(listed[n])) continue;
            own.set(listed[n], Math.max(own.get(listed[n]) ?? 0, listed[n + 1] * rarity));
          }
        }
        if (scores) for (const [number, score] of own) own.set(number, score + scores.get(number));
        scores = own;
      }
      let hits = [...(scores ?? [])].map(([number, score]) => [number, score * WEIGHT[this.records[number][0]]]);
      if (phrases.length) hits = hits.filter(([number]) => phrases.every((phrase) => this.says(number, phrase)));
      hits.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      return { hits: hits.map(([number]) => number), stems, phrases };
    }

    says(number, phrase) {
      const flat = (list) => ` ${list.map(bare).join(" ")} `;
      const [, , , label, title, text] = this.records[number];
      return [`${label} ${title}`, text].some((part) => flat(words(part).map((one) => one.word)).includes(flat(phrase)));
    }

    /* a stretch of a record's text with as many of the words as it may hold, or with the phrase; whole words only */
    excerpt(number, stems, phrases) {
      const text = this.records[number][5];
      const all = words(text);
      const found = all.filter(({ word }) => stems.has(this.stem(word)));
      const phrase = (phrases[0] ?? []).map(bare);
      const spoken = phrase.length
        ? all.findIndex((_, at) => phrase.every((word, next) => bare(all[at + next]?.word ?? "") === word))
        : -1;
      let from = spoken >= 0 ? all[spoken].at : (found[0]?.at ?? 0);
      if (spoken < 0) {
        let most = 0;
        found.slice(0, 50).forEach((one, at) => {
          const near = found.slice(at, at + 30).filter((other) => other.end < one.at + LENGTH - BEFORE);
          const count = new Set(near.map((other) => this.stem(other.word))).size;
          if (count > most) [most, from] = [count, one.at];
        });
      }
      let start = Math.max(0, from - BEFORE);
      if (start) start = text.indexOf(" ", start) + 1 || start;
      if (start > from) start = from;
      if (text.length <= LENGTH) start = 0;
      let end = Math.min(text.length, start + LENGTH);
      if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), Math.min(end, start + LENGTH / 2));
      const inside = found.filter((one) => one.at >= start && one.end <= end);
      const long = found.map((one) => one.word).filter((word) => word.length > 2 || /[^a-z]/.test(word));
      return { text, start, end, inside, marked: [...new Set(long)].slice(0, 8) };
    }
  }

  let loading = null;
  const load = () =>
    (loading ??= new Promise((resolve, reject) => {
      window.factpressRecords = (data) => resolve(new Index(data));
      const script = document.createElement("script");
      script.src = `${root}search-records.js`;
      script.addEventListener("error", () => {
        loading = null;
        reject(new Error("search-records.js"));
      });
      document.head.append(script);
    }));

  const make = (tag, className, ...children) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...children);
    return node;
  };

  class Search {
    constructor(form) {
      this.form = form;
      this.box = form.elements.q;
      this.page = document.querySelector("#search-results");
      this.list = this.page ?? form.querySelector(".find-results");
      this.panel = form.querySelector(".find-panel");
      this.status = document.querySelector(".find-status");
      this.kinds = document.querySelector(".find-kinds");
      this.say = form.dataset;
      this.only = "";
      this.more = SHOWN;
      this.box.addEventListener("focus", () => load().catch(() => {}));
      this.box.addEventListener("input", () => this.changed());
      form.addEventListener("submit", (event) => this.submit(event));
      form.addEventListener("keydown", (event) => this.key(event));
      this.list.addEventListener("keydown", (event) => this.key(event));
      if (this.panel) {
        this.list.addEventListener("click", (event) => {
          if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) setTimeout(() => this.leave());
        });
        form.addEventListener("focusout", (event) => {
          if (!form.contains(event.relatedTarget)) this.close();
        });
        this.box.addEventListener("focus", () => this.box.value.trim() && this.changed());
      } else {
        addEventListener("popstate", () => this.fromAddress());
        this.fromAddress();
        if (!location.hash) this.box.focus({ preventScroll: true });
      }
    }

    fromAddress() {
      const asked = new URLSearchParams(location.search);
      this.box.value = asked.get("q") ?? "";
      this.only = asked.get("in") ?? "";
      if (this.box.value) this.run();
      else this.clear();
    }

    changed() {
      this.more = SHOWN;
      this.only = "";
      if (this.page) this.keep("replaceState");
      this.run();
    }

    keep(how) {
      const asked = new URLSearchParams();
      if (this.box.value.trim()) asked.set("q", this.box.value);
      if (this.only) asked.set("in", this.only);
      history[how](null, "", asked.size ? `?${asked}` : location.pathname);
    }

    async submit(event) {
      if (this.page) event.preventDefault();
      const query = this.box.value;
      if (!query.trim()) return event.preventDefault();
      if (!this.index) {
        event.preventDefault();
        await this.run();
        if (!this.index) return undefined;
      }
      const direct = this.index.direct(query);
      if (direct) {
        event.preventDefault();
        this.leave();
        location.href = direct.uri;
      } else if (event.defaultPrevented && !this.page) this.form.submit();
      return undefined;
    }

    key(event) {
      const links = [...this.list.querySelectorAll("a")];
      const at = links.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && links.length && (at >= 0 || step > 0)) {
        event.preventDefault();
        (links[at + step] ?? (step < 0 ? this.box : links.at(-1))).focus();
      } else if (event.key === "Escape" && this.panel && !this.panel.hidden) {
        event.preventDefault();
        this.box.focus();
        this.close();
      }
    }

    /* the place may stand on this very page */
    leave() {
      if (!this.panel) return;
      this.box.value = "";
      this.box.blur();
      this.clear();
    }

    close() {
      if (this.panel) this.panel.hidden = true;
    }

    clear() {
      this.list.replaceChildren();
      this.kinds?.replaceChildren();
      this.status.textContent = "";
      this.close();
    }

    async run() {
      const query = this.box.value;
      if (!query.trim()) return this.clear();
      if (!this.index) this.status.textContent = this.say.wait;
      try {
        this.index = await load();
      } catch {
        this.status.textContent = this.say.failed;
        if (this.panel) this.panel.hidden = false;
        return undefined;
      }
      if (query !== this.box.value) return undefined; // the reader has typed on
      this.show(query);
      return undefined;
    }

    show(query) {
      const { hits, stems, phrases } = this.index.find(query);
      const direct = this.index.direct(query);
      const first = direct && direct.number !== undefined ? [direct.number] : this.index.numbered(query);
      const all = [...first, ...hits.filter((number) => !first.includes(number))];
      const fitting = this.only ? all.filter((number) => KINDS[this.index.records[number][0]] === this.only) : all;
      const shown = fitting.slice(0, this.page ? this.more : IN_PANEL);
      const items = shown.map((number) => make("li", "", this.result(number, stems, phrases, first.includes(number))));
      if (direct && direct.number === undefined) {
        const link = make("a", "", make("span", "find-where", direct.words));
        link.href = direct.uri;
        items.unshift(make("li", "", link));
      }
      const count = fitting.length + (direct && direct.number === undefined ? 1 : 0);
      this.list.replaceChildren(...items);
      this.status.textContent = (count === 0 ? this.say.none : count === 1 ? this.say.one : this.say.some)
        .replace("{n}", count).replace("{q}", query.trim());
      if (this.kinds) this.showKinds(all);
      if (this.panel) {
        this.panel.hidden = false;
        if (fitting.length > shown.length) {
          const link = make("a", "find-all", this.say.all.replace("{n}", fitting.length));
          link.href = `${this.form.action.split("?")[0]}?q=${encodeURIComponent(query.trim())}`;
          this.list.append(make("li", "", link));
        }
      } else if (fitting.length > shown.length) {
        const button = make("button", "find-more", this.say.more.replace("{n}", fitting.length - shown.length));
        button.type = "button";
        button.addEventListener("click", () => {
          this.more += SHOWN;
          this.show(query);
          this.list.querySelectorAll("a")[shown.length]?.focus();
        });
        this.list.append(make("li", "", button));
      }
    }

    result(number, stems, phrases, isDirect) {
      const [kind, page, , label, title] = this.index.records[number];
      const { text, start, end, inside, marked } = this.index.excerpt(number, stems, phrases);
      const name = [this.say[`label${kind}`]?.replace("{label}", label) || label, title].filter(Boolean).join(" · ");
      const where = make("span", "find-where", make("bdi", "", name || this.index.pages[page][1]));
      const about = make("span", "find-kind", `${this.say.kinds.split("|")[kind]} · `, make("bdi", "", this.index.pages[page][1]));
      const excerpt = make("span", "find-excerpt", start ? "… " : "");
      excerpt.dir = "auto"; // what turns the direction of a line turns no other
      let at = start;
      for (const one of inside) {
        if (one.at < at) continue; // two letters of a run that overlap
        excerpt.append(text.slice(at, one.at), make("mark", "", text.slice(one.at, one.end)));
        at = one.end;
      }
      excerpt.append(text.slice(at, end), end < text.length ? " …" : "");
      const link = make("a", "", where, " ", about, " ", excerpt);
      link.href = this.index.uri(number, isDirect ? [] : marked);
      return link;
    }

    showKinds(all) {
      const counts = KINDS.map((_, kind) => all.filter((number) => this.index.records[number][0] === kind).length);
      const button = (value, words) => {
        const node = make("button", "", words);
        node.type = "button";
        node.setAttribute("aria-pressed", String(this.only === value));
        node.addEventListener("click", () => {
          this.only = value;
          this.more = SHOWN;
          this.keep("pushState");
          this.show(this.box.value);
          this.kinds.querySelector('[aria-pressed="true"]')?.focus();
        });
        return node;
      };
      const names = this.say.kinds.split("|");
      const several = counts.filter(Boolean).length > 1;
      this.kinds.replaceChildren(
        ...(several ? [button("", `${this.say.any} (${all.length})`)] : []),
        ...(several ? KINDS.flatMap((kind, n) => (counts[n] ? [button(kind, `${names[n]} (${counts[n]})`)] : [])) : []),
      );
    }
  }

  /* words that were searched for are marked where the search led, and a link takes the marks away */
  const markFound = (form) => {
    const asked = new URLSearchParams(location.search);
    const sought = new Set((asked.get("find") ?? "").split(" ").filter(Boolean));
    let place = null;
    try {
      place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {} // an address that nobody of us made
    if (!sought.size || !place) return;
    const parts = place.matches("dt") && place.nextElementSibling ? [place, place.nextElementSibling] : [place];
    const ranges = [];
    for (const part of parts) {
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest(".card, script, style")) continue;
        for (const one of words(node.data)) {
          if (!sought.has(one.word) || one.end > node.length) continue;
          const range = new Range();
          range.setStart(node, one.at);
          range.setEnd(node, one.end);
          ranges.push(range);
        }
      }
    }
    if (!ranges.length) return;
    const marks = [];
    if (window.CSS?.highlights) CSS.highlights.set("found", new Highlight(...ranges));
    else
      for (const range of ranges.reverse()) {
        const mark = make("mark", "");
        range.surroundContents(mark);
        marks.push(mark);
      }
    asked.delete("find");
    const query = asked.toString();
    const link = make("a", "", form.dataset.unmark);
    link.href = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
    const bar = make("p", "found-bar", `${form.dataset.marked} `, make("bdi", "", [...sought].join(", ")), " ", link);
    const remove = (event) => {
      event.preventDefault();
      window.CSS?.highlights?.delete("found");
      for (const mark of marks) mark.replaceWith(...mark.childNodes);
      history.replaceState(null, "", link.href);
      bar.remove();
      removeEventListener("keydown", onEscape);
    };
    const onEscape = (event) => event.key === "Escape" && !event.defaultPrevented && remove(event);
    link.addEventListener("click", remove);
    addEventListener("keydown", onEscape);
    (document.querySelector("main, [role='main']") ?? document.body).append(bar);
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector(".no-script")?.remove(); // by an old browser, which does not know by itself
    const form = document.querySelector("form.find");
    if (!form) return;
    new Search(form);
    markFound(form);
    addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      if (form.checkVisibility?.() === false) location.href = form.action; // on a phone the box has a page of its own
      else form.elements.q.select();
    });
  });
})();
