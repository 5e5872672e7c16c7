// The desk by keyboard: j and k go along a list, Enter opens, / searches, ? tells of the keys.
// It only presses links that stand on the page; nothing needs it. Single keys can be turned off
// (WCAG 2.1.4), which this browser remembers.
"use strict";
(() => {
  const OFF = "timbang-keys-off";
  const off = () => window.localStorage.getItem(OFF) === "1";
  const items = () =>
    [...document.querySelectorAll("main tbody tr, main [data-item]")].filter(
      (item) => item.querySelector("a[href]") && item.offsetParent !== null,
    );
  const link = (item) => item.querySelector("a[href]");

  function step(by) {
    const all = items();
    if (!all.length) return;
    const now = all.findIndex((item) => item.contains(document.activeElement));
    const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by;
    const target = all[Math.min(Math.max(next, 0), all.length - 1)];
    link(target).focus();
    target.scrollIntoView({ block: "nearest" });
  }

  function tick() {
    const row = document.activeElement && document.activeElement.closest("tr");
    const box = row && row.querySelector("input[type=checkbox]");
    if (box) box.click();
  }

  function go(name) {
    const found = document.querySelector(`a[data-key="${name}"]`);
    if (found) found.click();
  }

  function search() {
    const field = document.querySelector("main [role=search] input:not([type=hidden])");
    if (field) field.focus();
    else go("/");
  }

  const KEYS = { j: () => step(1), k: () => step(-1), x: tick, "/": search, "?": () => go("?") };

  const typing = (at) =>
    at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && at.type !== "checkbox";

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.key === "Escape" && typing(event.target)) event.target.blur();
    if (off() || typing(event.target) || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  const choice = document.getElementById("keys-choice");
  if (choice) {
    choice.hidden = false;
    const box = choice.querySelector("input");
    box.checked = !off();
    box.addEventListener("change", () =>
      box.checked ? window.localStorage.removeItem(OFF) : window.localStorage.setItem(OFF, "1"),
    );
  }
})();
