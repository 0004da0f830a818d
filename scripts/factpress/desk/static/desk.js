// Keys, drafts and focus. Whatever happens here is also a link or a button of the page, which works without it.
"use strict";
(() => {
  const all = (what, inside = document) => [...inside.querySelectorAll(what)];
  const one = (what, inside = document) => inside.querySelector(what);
  const isField = (node) => node.matches?.("textarea, select, input:not([type=radio], [type=checkbox])");
  let timer = 0, wrote = Promise.resolve(), left = null;

  /** Ask the desk for a page and put it in the place of this one; what was typed stays if the desk is closed. */
  async function turn(url, request = {}, push = true) {
    clearTimeout(timer);
    let answer, text;
    try {
      await wrote;
      answer = await fetch(url, request);
      text = await answer.text();
    } catch {
      one("#closed")?.removeAttribute("hidden");
      return;
    }
    const page = new DOMParser().parseFromString(text, "text/html");
    if (!page.body.dataset.page) return void location.assign(url);
    const at = page.body.dataset.page === document.body.dataset.page ? scrollY : 0;
    document.title = page.title;
    document.body.replaceWith(page.body);
    if (push && answer.url !== location.href) history.pushState(null, "", answer.url);
    scrollTo(0, at);
    settle(true);
  }

  /** Put the focus where the work goes on, and watch the end of the reasoning. */
  function settle(turned) {
    document.documentElement.classList.add("scripted");
    const wanted = document.body.dataset.focus;
    const node = one("[autofocus]") || (wanted && document.getElementById(wanted)) || (turned && one("#main"));
    node?.focus({ preventScroll: node.id === "main" });
    if (isField(node || document.body) && node.value) node.setSelectionRange?.(node.value.length, node.value.length);
    const end = one("[data-read-to]");
    if (end) new IntersectionObserver((seen, watch) => {
      if (seen.some((entry) => entry.isIntersecting)) {
        watch.disconnect();
        post(end.dataset.readTo);
      }
    }).observe(end);
  }

  const post = (url, body = new URLSearchParams()) => fetch(url, { method: "POST", body, keepalive: true });
  const fieldsOf = (form, button) => new URLSearchParams(new FormData(form, button));

  function mark(piece) {
    all(".piece.now").forEach((other) => other.classList.remove("now"));
    piece.classList.add("now");
    piece.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const pieces = all(".piece"), at = pieces.findIndex((piece) => piece.classList.contains("now"));
    const piece = pieces[Math.min(Math.max(at + by, 0), pieces.length - 1)];
    if (piece) mark(piece), piece.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.dataset.opened) {
      const piece = link.closest(".piece");
      if (piece) mark(piece), piece.classList.add("opened"), (left = piece.id);
      post(link.dataset.opened).catch(() => one("#closed")?.removeAttribute("hidden"));
    } else if (link.origin === location.origin && !link.target && !link.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      turn(link.href);
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter, url = new URL(button?.formAction || form.action);
    event.preventDefault();
    if (form.method === "get") url.search = fieldsOf(form, button);
    turn(url, form.method === "get" ? {} : { method: "POST", body: fieldsOf(form, button) });
  });

  document.addEventListener("keydown", (event) => {
    const typing = isField(event.target), plain = !(event.ctrlKey || event.metaKey || event.altKey);
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return press("ctrl-enter", event);
    if (event.key === "Escape") return typing ? event.target.blur() : press("Escape", event);
    if (typing || !plain || event.repeat || document.body.dataset.keys === "off") return;
    if (event.key === "Enter" && event.target !== document.body && event.target.id !== "main") return;
    if (event.key === "j" || event.key === "k") return step(event.key === "j" ? 1 : -1);
    press(event.key, event);
  });

  function press(key, event) {
    const at = `[data-key="${CSS.escape(key)}"]`;
    const node = [one(`.piece.now ${at}`), ...all(at)].find((found) => found?.checkVisibility());
    if (!node) return;
    event.preventDefault();
    if (isField(node)) node.focus();
    else node.click();
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      wrote = post(form.dataset.draft, fieldsOf(form)).then((answer) => answer.text()).then(refresh).catch(() => {
        one("#closed")?.removeAttribute("hidden");
      });
    }, 800);
  });

  /** Take over what the desk says of the draft, and leave the fields alone. */
  function refresh(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    all("[data-live]", page).forEach((fresh) => document.getElementById(fresh.id)?.replaceWith(fresh));
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || !left) return;
    const piece = document.getElementById(left);
    left = null;
    if (piece) one(".ask button", piece)?.focus();
  });
  addEventListener("popstate", () => turn(location.href, {}, false));
  settle(false);
})();
