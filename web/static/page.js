// What makes the page pleasant; it works without.
"use strict";

// A second tap on a button that is on its way would send the form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // A page that comes back from the browser's memory takes forms again.
  window.addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
});

// Files can be dropped on the form that takes them.
for (const form of document.querySelectorAll("form.drop")) {
  const files = form.querySelector("input[type=file]");
  form.querySelector("[data-drop]").hidden = false;
  const over = (yes) => (event) => {
    event.preventDefault();
    form.classList.toggle("over", yes);
  };
  form.addEventListener("dragover", over(true));
  form.addEventListener("dragleave", over(false));
  form.addEventListener("drop", (event) => {
    over(false)(event);
    files.files = event.dataTransfer.files;
    if (files.files.length) form.requestSubmit();
  });
}

// A picture names what lies under the pointer or the finger: its own file says what
// stands where.
for (const box of document.querySelectorAll(".chartbox")) {
  const img = box.querySelector("img");
  const here = document.createElement("span");
  here.className = "here";
  let loaded, spots, size, tip;
  const load = async () => {
    if (loaded === img.currentSrc) return;
    loaded = img.currentSrc;
    const answer = await fetch(loaded, { credentials: "same-origin" });
    const svg = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    size = svg.getAttribute("viewBox").split(" ").map(Number);
    spots = [...svg.querySelectorAll("circle > title")].map((title) => ({
      x: +title.parentNode.getAttribute("cx"), y: +title.parentNode.getAttribute("cy"),
      words: title.textContent, run: title.parentNode.dataset.run,
    }));
  };
  const hide = () => { here.remove(); if (tip) tip.remove(); };
  const show = async (event) => {
    if (event.target.closest(".tip")) return;
    try { await load(); } catch { return; }
    const area = img.getBoundingClientRect();
    const scale = area.width / size[2];
    const away = (s) => Math.hypot((s.x * scale - event.clientX + area.left), (s.y * scale - event.clientY + area.top));
    const near = spots.reduce((best, s) => (!best || away(s) < away(best) ? s : best), null);
    hide();
    if (!near || away(near) > 48) return;
    tip = document.createElement(near.run ? "a" : "span");
    tip.className = "tip";
    tip.textContent = near.words;
    if (near.run) tip.href = box.dataset.runs + near.run;
    box.append(here, tip);
    here.style.left = near.x * scale + "px";
    here.style.top = near.y * scale + "px";
    tip.style.left = Math.max(0, Math.min(near.x * scale - tip.offsetWidth / 2, area.width - tip.offsetWidth)) + "px";
    tip.style.top = near.y * scale + (near.y * scale > 60 ? -tip.offsetHeight - 14 : 14) + "px";
  };
  box.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") show(event); });
  box.addEventListener("click", show);
  box.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") hide(); });
}
