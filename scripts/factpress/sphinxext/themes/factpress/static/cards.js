"use strict";
/* What opens in place: a mark its claim's card, a citation its source, a term its definition.

   Each is a link that works as one without this script. What it opens has an address, that of the link itself, so that
   Back closes it, a copied address opens it again, and without a script the address still leads to the sentence.
   One thing is open at a time. The sentence stays on the screen. */
(() => {
  const OPENERS = "a.mark[data-card], .bibtex-citation a[id], a.term[id]";
  const HOVER = 250, LINGER = 300, NARROW = "(max-width: 40rem)", GAP = 8; // ms; CSS pixels
  const root = document.documentElement;
  let open = null; // the link whose card or peek is open and has the address
  let passing = null; // the link whose peek is shown while the pointer or the focus is on it
  let timer = 0;

  const cardOf = (opener) => document.getElementById(opener.dataset.card ?? "");
  const anchorOf = (opener) => decodeURIComponent(opener.hash.slice(1));
  const peeks = new Map(); // what can be opened, by the anchor that its link leads to
  for (const part of document.querySelector("template.peeks")?.content.children ?? []) peeks.set(part.dataset.of, part);
  const contentOf = (opener) => peeks.get(anchorOf(opener));
  const isOpener = (element) => Boolean(element?.matches?.(OPENERS)) && !element.closest(".peek")
    && Boolean(element.dataset.card ? cardOf(element) : contentOf(element));
  const openerAt = (hash) => {
    let id = hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* a percent sign that encodes nothing */ }
    const found = id && document.getElementById(id);
    return isOpener(found) ? found : null;
  };

  // an older card above must not push the reader's line away when it closes
  const keeping = (element, change) => {
    const before = element?.getBoundingClientRect().top;
    change();
    if (element?.isConnected) scrollBy({ top: element.getBoundingClientRect().top - before, behavior: "instant" });
  };

  /* peeks */
  const peek = document.createElement("div");
  peek.className = "peek";
  peek.setAttribute("role", "dialog");
  const hasPopover = typeof peek.showPopover === "function";
  if (hasPopover) peek.popover = "manual";
  const isShown = () => peek.classList.contains("open");

  const place = (opener) => {
    // a citation may be broken over two lines: what counts is the line that it ends in
    const line = [...opener.getClientRects()].pop() ?? opener.getBoundingClientRect();
    const width = root.clientWidth, height = innerHeight;
    peek.style.maxHeight = "";
    peek.style.left = peek.style.top = "0px";
    const size = peek.getBoundingClientRect();
    const top = document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
    const below = height - line.bottom - 2 * GAP, above = line.top - Math.max(top, 0) - 2 * GAP;
    const isBelow = size.height <= below || below >= above;
    const room = Math.max(isBelow ? below : above, 96);
    const shown = Math.min(size.height, room);
    peek.style.maxHeight = `${room}px`;
    const left = Math.max(GAP, Math.min(line.left, width - size.width - GAP));
    // measured, so that it is right in the top layer and inside any box
    peek.style.left = `${left - size.left}px`;
    peek.style.top = `${(isBelow ? line.bottom + GAP : line.top - GAP - shown) - size.top}px`;
  };

  const hidePeek = () => {
    clearTimeout(timer);
    if (!isShown()) return;
    if (hasPopover && peek.matches(":popover-open")) peek.hidePopover();
    peek.classList.remove("open");
    peek.remove();
    passing?.setAttribute("aria-expanded", "false");
    passing = null;
  };

  const showPeek = (opener, { stays }) => {
    hidePeek();
    const content = contentOf(opener);
    peek.replaceChildren(document.importNode(content, true));
    peek.setAttribute("aria-label", content.dataset.name);
    if (stays) {
      const close = document.createElement("button");
      close.type = "button";
      close.className = "peek-close";
      close.textContent = "×";
      close.setAttribute("aria-label", words().close ?? "Close");
      close.addEventListener("click", () => leave());
      peek.prepend(close);
      opener.after(peek); // so that Tab goes on into it, and out of it to the rest of the sentence
    } else document.body.append(peek);
    peek.classList.add("open");
    if (hasPopover) peek.showPopover();
    passing = opener;
    place(opener);
    opener.setAttribute("aria-expanded", "true");
  };

  const words = () => {
    try { return JSON.parse(document.getElementById("page-data").textContent).say; } catch { return {}; }
  };

  /* cards of claims */
  const marksOf = (card) => document.querySelectorAll(`[data-card="${card.id}"]`);
  const setCard = (card, isOpen) => {
    card.open = isOpen;
    card.classList.toggle("sheet", isOpen && matchMedia(NARROW).matches);
    for (const mark of marksOf(card)) mark.setAttribute("aria-expanded", String(isOpen));
  };
  const sentenceOf = (mark) => {
    const before = mark.previousElementSibling;
    return before?.classList.contains("said") ? before : mark;
  };

  const reveal = (mark, card) => {
    const top = Math.max(document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0, 0) + GAP;
    const sentence = sentenceOf(mark).getBoundingClientRect(), end = mark.getBoundingClientRect();
    let box = card.getBoundingClientRect();
    const most = sentence.top - top; // further up, and the sentence leaves
    if (!card.classList.contains("sheet") && box.top - most > innerHeight - 160) {
      card.classList.add("sheet"); // the paragraph fills the screen: below it, nobody would see the card
      box = card.getBoundingClientRect();
    }
    const due = card.classList.contains("sheet")
      ? end.bottom + GAP - box.top // the sentence's end stands above the sheet
      : box.bottom + GAP - innerHeight;
    if (due > 0) scrollBy({ top: Math.min(due, Math.max(most, 0)), behavior: "instant" });
    else if (sentence.top < top) scrollBy({ top: sentence.top - top, behavior: "instant" });
  };

  /* open, close, and the address */
  const close = ({ focus = false } = {}) => {
    const was = open;
    open = null;
    if (!was) return hidePeek();
    const holds = was.dataset.card ? cardOf(was) : peek;
    const isLeft = focus || holds.contains(document.activeElement); // or the focus would be lost
    hidePeek();
    if (was.dataset.card) keeping(document.querySelector(":target") ?? was, () => setCard(cardOf(was), false));
    was.setAttribute("aria-expanded", "false");
    if (!isLeft) return;
    was.focus({ preventScroll: true });
    // stepping back to an address with a fragment, a browser takes the focus away after this
    setTimeout(() => { if (!open && document.activeElement === document.body) was.focus({ preventScroll: true }); }, 50);
  };

  const show = (opener) => {
    if (open === opener) return;
    keeping(opener, () => close());
    hidePeek();
    open = opener;
    const card = cardOf(opener);
    if (card) {
      setCard(card, true);
      reveal(opener, card);
      card.querySelector("summary").focus({ preventScroll: true });
    } else {
      showPeek(opener, { stays: true });
      peek.querySelector(".peek-close").focus({ preventScroll: true });
    }
  };

  const here = () => location.pathname + location.search;
  const enter = (opener) => {
    const address = `#${encodeURIComponent(opener.id)}`;
    // one entry of the history, however many are opened one after another
    history[history.state?.opened ? "replaceState" : "pushState"]({ opened: opener.id }, "", address);
    show(opener);
  };
  const leave = () => {
    if (!open) return hidePeek();
    if (history.state?.opened) {
      history.scrollRestoration = "manual"; // who closes a card has not asked to be moved
      history.back();
    } else {
      history.replaceState(null, "", here());
      close({ focus: true });
    }
  };
  const follow = () => {
    const opener = openerAt(location.hash);
    if (opener) show(opener);
    else if (open) close();
    setTimeout(() => { history.scrollRestoration = "auto"; }, 0);
  };

  const begin = () => {
    for (const opener of document.querySelectorAll(OPENERS)) {
      if (!isOpener(opener)) continue;
      opener.setAttribute("role", "button");
      opener.setAttribute("aria-expanded", "false");
      if (opener.dataset.card) opener.setAttribute("aria-controls", opener.dataset.card);
      else opener.setAttribute("aria-haspopup", "dialog");
    }
    for (const card of document.querySelectorAll("details.card")) {
      card.querySelector("summary").addEventListener("click", (event) => {
        event.preventDefault();
        if (open && cardOf(open) === card) leave();
        else { setCard(card, false); marksOf(card)[0]?.focus(); }
      });
    }
    addEventListener("popstate", follow);
    addEventListener("hashchange", follow);
    const named = openerAt(location.hash);
    if (named) {
      show(named);
      if (!named.dataset.card) named.scrollIntoView({ block: "center" });
      if (!named.dataset.card) place(named);
    }
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.(OPENERS);
    if (isOpener(opener)) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // its page in another tab, as of any link
      event.preventDefault();
      if (open === opener) leave();
      else enter(opener);
    } else if (open && !open.dataset.card && !event.target.closest?.(".peek, a")) leave(); // beside it
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open], .copies.open")) {
      if (open) { event.preventDefault(); leave(); }
      else hidePeek();
    } else if (event.key === " " && isOpener(event.target)) {
      event.preventDefault(); // a button opens by space too
      event.target.click();
    }
  });

  /* while the pointer, or the focus of the keyboard, is on a citation or a term */
  const soon = (opener) => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (!(open && !open.dataset.card)) showPeek(opener, { stays: false }); }, HOVER);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (!(open && !open.dataset.card)) hidePeek(); }, LINGER);
  };
  const isPeeker = (element) => isOpener(element) && !element.dataset.card;
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const opener = event.target.closest?.(OPENERS);
    if (isPeeker(opener)) { if (passing === opener) clearTimeout(timer); else soon(opener); }
    else if (event.target.closest?.(".peek")) clearTimeout(timer);
    else if (passing || timer) later();
  });
  document.addEventListener("focusin", (event) => {
    if (isPeeker(event.target) && event.target.matches(":focus-visible") && open !== event.target) soon(event.target);
    else if (passing && !event.target.closest(".peek")) later();
  });
  addEventListener("resize", () => { if (isShown()) place(passing); });
  addEventListener("scroll", () => { if (isShown()) place(passing); }, { passive: true });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
