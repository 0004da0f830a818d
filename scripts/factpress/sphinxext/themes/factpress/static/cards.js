"use strict";
/* A mark is a link to the claim's full entry, and works as one without this script.
   With it, the mark opens the claim's card under the paragraph instead. */
(() => {
  const cardOf = (mark) => document.getElementById(mark.dataset.card);
  // claims of one matter share a card; the mark that opened it gets the focus back
  const marksOf = (card) => document.querySelectorAll(`[data-card="${card.id}"]`);
  const openers = new Map();
  const goBack = (card) => (openers.get(card) ?? marksOf(card)[0])?.focus();
  const show = (mark, open) => {
    const card = cardOf(mark);
    card.open = open;
    openers.set(card, mark);
    for (const one of marksOf(card)) one.setAttribute("aria-expanded", String(open));
    if (open) card.querySelector("summary").focus({ preventScroll: true });
    if (open) card.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("DOMContentLoaded", () => {
    // on a phone the list of chapters is closed, so that the text comes first
    if (matchMedia("(max-width: 64rem)").matches) document.querySelector(".toc details")?.removeAttribute("open");
    for (const mark of document.querySelectorAll("a.mark[data-card]")) {
      if (!cardOf(mark)) continue;
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-expanded", "false");
      mark.setAttribute("aria-controls", mark.dataset.card);
      mark.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return; // open the entry in another tab, as any link
        event.preventDefault();
        show(mark, !cardOf(mark).open);
      });
      mark.addEventListener("keydown", (event) => {
        if (event.key !== " ") return; // a button opens by space too
        event.preventDefault();
        show(mark, !cardOf(mark).open);
      });
    }
    for (const card of document.querySelectorAll("details.card")) {
      card.addEventListener("toggle", () => {
        for (const mark of marksOf(card)) mark.setAttribute("aria-expanded", String(card.open));
      });
      card.querySelector("summary").addEventListener("click", () => {
        if (card.open) goBack(card);
      });
      card.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        card.open = false;
        goBack(card);
      });
    }
  });
})();
