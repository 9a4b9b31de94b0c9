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
