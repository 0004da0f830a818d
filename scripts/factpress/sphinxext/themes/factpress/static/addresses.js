"use strict";
/* The number of a paragraph, and the sign beside a heading, an entry, a source or a term, is a link to itself.
   With this script it also copies its address, and offers the place as a citation, as BibTeX and as CSL-JSON. */
(() => {
  const data = JSON.parse(document.getElementById("page-data").textContent);
  const { say, book } = data;
  const filled = (name, values = {}) => (say[name] ?? "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  const LINKS = "a.pn, a.addr";
  let opener = null;

  const panel = document.createElement("div");
  panel.className = "copies";
  panel.setAttribute("role", "dialog");
  const hasPopover = typeof panel.showPopover === "function";
  if (hasPopover) panel.popover = "manual";

  const nameOf = (link) => link.classList.contains("pn")
    ? filled("paragraph", { label: link.textContent })
    : (link.dataset.place ?? link.textContent);
  const addressOf = (link) => (book.page || location.href.split("#")[0]) + link.hash;
  const isOnline = (address) => /^https?:/.test(address);
  const titleOfPage = () => (document.querySelector("h1")?.textContent ?? document.title).replace(/^\d+\s+/, "").trim();

  const tex = (text) => text.replace(/[\\{}]/g, "").replace(/[&%$#_]/g, "\\$&");
  const bibtex = (link, cited) => {
    const address = addressOf(link), [year] = book.date.split("-");
    const fields = [
      ["author", `{${tex(book.publisher ?? "")}}`],
      ["title", tex(titleOfPage())],
      ["booktitle", tex(book.title)],
      ["chapter", book.chapter ? String(book.chapter) : ""],
      ["publisher", `{${tex(book.publisher ?? "")}}`],
      ["year", year],
      ["date", book.date],
      ["url", isOnline(address) ? address.replace(/[{}\\]/g, encodeURIComponent) : ""],
      ["note", tex(cited)],
    ].filter(([, value]) => value && value !== "{}");
    const key = `${book.name}-${link.hash.slice(1)}`.replace(/[^\w.:-]/g, "");
    return `@incollection{${key},\n${fields.map(([name, value]) => `  ${name} = {${value}}`).join(",\n")}\n}\n`;
  };
  const csl = (link, cited) => {
    const address = addressOf(link), literal = book.publisher ? [{ literal: book.publisher }] : undefined;
    return `${JSON.stringify([{
      id: `${book.name}-${link.hash.slice(1)}`,
      type: book.chapter ? "chapter" : "webpage",
      title: titleOfPage(),
      "container-title": book.title,
      author: literal,
      publisher: book.publisher,
      "chapter-number": book.chapter ? String(book.chapter) : undefined,
      issued: { "date-parts": [book.date.split("-").map(Number)] },
      language: book.language,
      URL: isOnline(address) ? address : undefined,
      note: cited,
    }], null, 1)}\n`;
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* no permission, or a page that is not secure: the older way */ }
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "copied-from";
    (panel.isConnected ? panel : document.body).append(field);
    field.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { /* refused */ }
    field.remove();
    return done;
  };

  const tell = (done, what, text) => {
    const line = panel.querySelector("[role=status]");
    line.replaceChildren(done ? filled("copied", { what }) : filled("copy-failed"));
    if (done) return;
    const field = document.createElement("input");
    field.readOnly = true;
    field.value = text;
    field.setAttribute("aria-label", what);
    line.append(" ", field);
    field.select();
  };

  const place = () => {
    panel.style.left = panel.style.top = "0px";
    const at = opener.getBoundingClientRect(), size = panel.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - size.width - 8));
    const below = at.bottom + 6, above = at.top - size.height - 6;
    panel.style.left = `${left - size.left}px`;
    panel.style.top = `${(below + size.height <= innerHeight || above < 0 ? below : above) - size.top}px`;
  };

  const close = (focus) => {
    if (!panel.isConnected) return;
    if (hasPopover && panel.matches(":popover-open")) panel.hidePopover();
    panel.classList.remove("open");
    panel.remove();
    if (focus) opener.focus({ preventScroll: true });
  };

  const show = async (link) => {
    close(false);
    opener = link;
    const name = nameOf(link), address = addressOf(link);
    const cited = filled("cite", { place: name, date: book.edition });
    const offers = [
      [filled("copy-cite", { cite: cited }), cited, cited],
      [filled("copy-bibtex"), "BibTeX", bibtex(link, cited)],
      [filled("copy-csl"), "CSL-JSON", csl(link, cited)],
      [filled("copy-address"), filled("address"), address],
    ];
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    const buttons = offers.map(([label, what, text]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", async () => tell(await copy(text), what, text));
      return button;
    });
    panel.replaceChildren(line, ...buttons);
    panel.setAttribute("aria-label", filled("copy-title", { place: name }));
    link.after(panel);
    panel.classList.add("open");
    if (hasPopover) panel.showPopover();
    place();
    history.replaceState(history.state?.opened ? null : history.state, "", link.hash);
    tell(await copy(address), filled("address"), address);
    place();
    buttons[0].focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(LINKS);
    if (!link) {
      if (!event.target.closest?.(".copies")) close(false);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (panel.isConnected && opener === link) close(true);
    else show(link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.isConnected) close(true);
  });
  document.addEventListener("focusin", (event) => {
    if (panel.isConnected && !event.target.closest(".copies") && event.target !== opener) close(false);
  });
  addEventListener("resize", () => { if (panel.isConnected) place(); });
})();
