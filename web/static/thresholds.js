// Shows what a slider does while it moves. Without this the button does.
"use strict";

const form = document.getElementById("thresholds");
const slider = (key) => form.elements[key];
let waiting, running;

// place puts a slider where a word of the sensitivity stands.
function place(key, value) {
  slider(key).value = value;
  form.elements["was." + key].value = value;
  say(slider(key));
}

// say puts the number into words: a log of odds as the chance it means, any other
// in the place of the one before it.
function say(input) {
  const output = form.querySelector(`output[for="${input.id}"]`);
  output.value = "chance" in input.dataset ? limit(input.valueAsNumber) : output.value.replace(/^\S+/, input.value);
}

function limit(logOdds) {
  if (logOdds > 0) return `a chance of about 1 in 2 (log odds ${logOdds})`;
  const percent = 100 / (1 + Math.exp(-logOdds));
  return "a chance of " + (percent < 1 ? "below 1 %" : percent.toFixed(0) + " %");
}

async function refresh() {
  if (running) running.abort(); // the last one counts
  running = new AbortController();
  const address = form.action + "?" + new URLSearchParams(new FormData(form));
  const shown = ["summary", "result"].map((id) => document.getElementById(id));
  const busy = (yes) => shown.forEach((part) => part.toggleAttribute("data-busy", yes));
  busy(true);
  try {
    const answer = await fetch(address, { signal: running.signal, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("result")) {
      location.reload(); // the session is over
      return;
    }
    for (const part of shown) part.replaceChildren(...page.getElementById(part.id).childNodes);
    history.replaceState(null, "", address);
    busy(false);
  } catch (error) {
    if (error.name !== "AbortError") busy(false);
  }
}

form.addEventListener("input", (event) => {
  const input = event.target;
  if (input.type === "range") {
    if (input.step === "any") input.value = Math.round(input.valueAsNumber * 20) / 20;
    say(input);
    if (input.name === "analysis.ask" || input.name === "analysis.warn") document.getElementById("sensitivity-own").checked = true;
  } else if (input.dataset.ask) {
    place("analysis.ask", input.dataset.ask);
    place("analysis.warn", input.dataset.warn);
  }
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 200);
});
