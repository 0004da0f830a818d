"use strict";
/* Around the text: colours, the list of pages, the section that is read, keys, figures, paper. */
(() => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("page-data").textContent);

  /* colours: as the device, light, dark; scheme.js sets what was kept before anything is painted */
  const SCHEMES = ["auto", "light", "dark"];
  const button = document.querySelector("button.scheme");
  const label = () => {
    const words = data.say[`scheme-${root.dataset.scheme ?? "auto"}`];
    button.setAttribute("aria-label", words);
    button.title = words;
  };
  button?.addEventListener("click", () => {
    const next = SCHEMES[(SCHEMES.indexOf(root.dataset.scheme ?? "auto") + 1) % SCHEMES.length];
    if (next === "auto") delete root.dataset.scheme;
    else root.dataset.scheme = next;
    try {
      if (next === "auto") localStorage.removeItem("factpress-scheme");
      else localStorage.setItem("factpress-scheme", next);
    } catch { /* it holds for this page then */ }
    label();
  });
  if (button) label();

  /* the list of pages: the current one is in view; on a phone the list is a panel with an address */
  const list = document.getElementById("book-contents");
  const current = list?.querySelector("[aria-current]");
  const bringIntoView = () => {
    if (!current || list.scrollHeight <= list.clientHeight) return;
    const box = current.getBoundingClientRect(), frame = list.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) list.scrollTop += box.top - frame.top - frame.height / 3;
  };
  bringIntoView();
  let byLink = false;
  document.querySelector(".open-contents")?.addEventListener("click", () => { byLink = true; });
  const closePanel = () => {
    if (byLink) history.back();
    else location.replace("#text");
    byLink = false;
  };
  list?.querySelector(".close")?.addEventListener("click", (event) => {
    if (!byLink) return;
    event.preventDefault();
    closePanel();
  });
  addEventListener("hashchange", () => {
    if (location.hash === "#book-contents") {
      bringIntoView();
      (current ?? list?.querySelector("a"))?.focus({ preventScroll: true });
    } else if (byLink) byLink = false;
  });

  /* the section that is read */
  const links = [...document.querySelectorAll(".here a, .sections a")];
  const sections = [...new Set(links.map((link) => decodeURIComponent(link.hash.slice(1))))]
    .map((id) => document.getElementById(id)).filter(Boolean);
  let marked = null, waits = false;
  const spy = () => {
    waits = false;
    root.classList.toggle("far", scrollY > 2 * innerHeight);
    const line = innerHeight / 4;
    const atEnd = scrollY + innerHeight >= root.scrollHeight - 2;
    const passed = sections.filter((section) => section.getBoundingClientRect().top <= line);
    const read = (atEnd && scrollY ? sections.at(-1) : passed.at(-1))?.id ?? null;
    if (read === marked) return;
    marked = read;
    for (const link of links) {
      if (read && link.hash.slice(1) === encodeURIComponent(read) || link.hash === `#${read}`) {
        link.setAttribute("aria-current", "location");
        const frame = link.closest(".here");
        if (frame && frame.scrollHeight > frame.clientHeight) frame.scrollTop = link.offsetTop - frame.clientHeight / 2;
      } else link.removeAttribute("aria-current");
    }
  };
  const soon = () => { if (!waits) { waits = true; requestAnimationFrame(spy); } };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  requestAnimationFrame(spy);

  /* keys: the pages before and after, unless something on this page is moved by them */
  const isBusy = (element) => Boolean(element?.closest?.("input, textarea, select, [contenteditable], [role=group], dialog, .peek, .copies"));
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    if (event.key === "Escape" && location.hash === "#book-contents") return closePanel();
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (!rel || isBusy(event.target) || root.scrollWidth > root.clientWidth || String(getSelection())) return;
    document.querySelector(`.turn a[rel=${rel}]`)?.click();
  });

  /* figures: enlarged over the page, under an address, so that Back closes them */
  const dialog = document.createElement("dialog");
  if (typeof dialog.showModal === "function") {
    dialog.className = "large";
    let opened = false;
    const leave = () => {
      if (opened) history.back();
      else location.replace("#text");
      opened = false;
    };
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "large-close";
    shut.textContent = data.say.close;
    shut.addEventListener("click", leave);
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); leave(); });
    const follow = () => {
      const drawing = location.hash.endsWith("-large") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (drawing && drawing.classList.contains("drawing")) {
        const frame = document.createElement("div");
        frame.className = "large-frame";
        frame.tabIndex = 0;
        frame.setAttribute("role", "group");
        frame.setAttribute("aria-label", drawing.closest("figure")?.querySelector("figcaption strong")?.textContent ?? "");
        frame.append(...[...drawing.children].map((child) => child.cloneNode(true)));
        dialog.replaceChildren(shut, frame);
        document.body.append(dialog);
        if (!dialog.open) dialog.showModal();
      } else if (dialog.open) {
        dialog.close();
        dialog.remove();
      }
    };
    document.addEventListener("click", (event) => { if (event.target.closest?.(".enlarge a")) opened = true; });
    addEventListener("hashchange", follow);
    follow();
  }

  /* paper: what is folded is printed, and a quotation says where it stands */
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details.answer:not([open]), details.data:not([open])")];
    for (const part of unfolded) part.open = true;
    for (const link of document.querySelectorAll("a.external[href]")) link.dataset.address = link.href.split("#:~:")[0];
  });
  addEventListener("afterprint", () => {
    for (const part of unfolded) part.open = false;
    unfolded = [];
  });
})();
