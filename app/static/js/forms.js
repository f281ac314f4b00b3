// Forms work without this file. It hides questions that the answers so far make needless,
// and keeps a second tap from sending a form twice (the server would know it anyway). A button
// without a type sends its form.
"use strict";

// "outcome=needs,unwell & way=door": every condition holds; without "=" any answer will do
function wanted(rule, form) {
  const answers = new FormData(form);
  return rule.split("&").every((condition) => {
    const [name, values] = condition.trim().split("=");
    const given = answers.getAll(name).filter((answer) => answer !== "");
    return values === undefined ? given.length > 0 : given.some((answer) => values.split(",").includes(answer));
  });
}

// In page order, so that a question that hides takes the questions under it with it
function showWhatIsWanted(form) {
  for (const part of form.querySelectorAll("[data-when]")) {
    const show = wanted(part.dataset.when, form);
    part.hidden = !show;
    for (const control of part.querySelectorAll("input, select, textarea")) control.disabled = !show;
  }
}

function prepare(root) {
  const forms = new Set([...root.querySelectorAll("[data-when]")].map((part) => part.closest("form")));
  forms.forEach((form) => form && showWhatIsWanted(form));
}

function setBusy(form, busy) {
  form.toggleAttribute("data-sent", busy);
  for (const button of form.querySelectorAll("button:not([type])")) {
    button.disabled = busy;
    button.toggleAttribute("aria-busy", busy);
    if (busy) button.setAttribute("aria-busy", "true");
  }
}

document.addEventListener("change", (event) => {
  if (event.target.form) showWhatIsWanted(event.target.form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  // a download leaves the page as it is: the button must work again
  if (form.method !== "post" || form.hasAttribute("data-download")) return;
  if (form.hasAttribute("data-sent")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.setAttribute("data-sent", "");
  // after the browser has read which button was pressed
  setTimeout(() => setBusy(form, true));
}, true);

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) setBusy(form, false);
});
// an entry that was kept on the phone, or has to be mended, leaves its form as it is (keep.js)
document.addEventListener("settled", (event) => setBusy(event.target, false));
document.addEventListener("htmx:load", (event) => prepare(event.target));
// back from the next page: the browser shows the page as it was left
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach((form) => setBusy(form, false));
});

prepare(document);
