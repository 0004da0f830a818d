// Keys, drafts and focus. Whatever happens here is also a link or a button of the page, which works without it.
"use strict";
(() => {
  const all = (what, inside = document) => [...inside.querySelectorAll(what)];
  const one = (what, inside = document) => inside.querySelector(what);
  const isField = (node) => node.matches?.("textarea, select, input:not([type=radio], [type=checkbox])");
  const show = (line) => one(`#${line}`)?.removeAttribute("hidden");
  let timer = 0, pending = null, wrote = Promise.resolve(), left = null;

  /** Ask the desk for a page and put it in the place of this one; what was typed stays if the desk is closed. */
  async function turn(url, request = {}, push = true) {
    if (!request.body) pending?.(false); // what was typed just now, before the page goes
    clearTimeout(timer);
    pending = null;
    let answer, text;
    try {
      await wrote;
      answer = await fetch(url, request);
      text = await answer.text();
    } catch {
      show("closed");
      return;
    }
    const page = new DOMParser().parseFromString(text, "text/html");
    if (!page.body.dataset.page) return request.body ? show("fault") : void location.assign(url);
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
    const node = one("[autofocus]") || (wanted && document.getElementById(wanted)) || (turned && one("#main")) || null;
    node?.focus({ preventScroll: node.id === "main" || node.id === "said" });
    if (isField(node || document.body) && node.value) node.setSelectionRange?.(node.value.length, node.value.length);
    const end = one("[data-read-to]");
    if (end) new IntersectionObserver((seen, watch) => {
      if (seen.some((entry) => entry.isIntersecting)) {
        watch.disconnect();
        post(end.dataset.readTo);
      }
    }).observe(end);
  }

  const post = (url, body = new URLSearchParams(), keepalive = true) => fetch(url, { method: "POST", body, keepalive });
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
      post(link.dataset.opened).catch(() => show("closed"));
    } else if (link.origin === location.origin && !link.target && !link.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      turn(link.href);
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter, url = new URL(button?.getAttribute("formaction") || form.action, location.href);
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
    pending = (keepalive) => {
      clearTimeout(timer);
      pending = null;
      wrote = post(form.dataset.draft, fieldsOf(form), keepalive)
        .then((answer) => answer.text()).then(refresh).catch(() => show("closed"));
    };
    timer = setTimeout(pending, 800, false);
  });
  addEventListener("pagehide", () => pending?.(true));

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
