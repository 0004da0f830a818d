"use strict";
/* Runs before anything is painted: whether there is a script, the colours that a reader chose, the first faces. */
(() => {
  // by script, because a browser that opens the page from a folder refuses to load them ahead, and says so
  for (const face of /^https?:$/.test(location.protocol) ? document.currentScript.dataset.faces.split(" ") : []) {
    if (!face) continue;
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "anonymous", href: face });
    document.head.append(link);
  }
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const kept = localStorage.getItem("factpress-scheme");
    if (kept === "light" || kept === "dark") root.dataset.scheme = kept;
  } catch { /* nothing is kept for pages opened from a folder, in some browsers */ }
})();
