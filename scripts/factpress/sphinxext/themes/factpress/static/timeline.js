"use strict";
/* The timeline by keyboard: one Tab leads into it, the arrows from event to event, Home and End to its ends. */
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    const events = [...document.querySelectorAll("ol.timeline > li")];
    if (!events.length) return;
    const enter = (event) => {
      for (const one of events) one.tabIndex = one === event ? 0 : -1;
    };
    const named = events.find((event) => `#${event.id}` === location.hash);
    enter(named ?? events[0]);
    addEventListener("hashchange", () => {
      const target = events.find((event) => `#${event.id}` === location.hash);
      if (target) enter(target);
    });
    document.addEventListener("keydown", (event) => {
      const at = events.indexOf(event.target);
      if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: events.length - 1 }[event.key];
      if (to === undefined || !events[to]) return;
      event.preventDefault();
      enter(events[to]);
      events[to].focus();
    });
  });
})();
