// <button data-copy="report" data-done="已复制"> copies the text of #report;
// <button data-print> prints the page.
"use strict";

// Without https there is no clipboard API; then the text is selected and the browser asked to copy it
async function copyText(source) {
  if (navigator.clipboard) return navigator.clipboard.writeText(source.value ?? source.innerText);
  const range = document.createRange();
  range.selectNodeContents(source);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  document.execCommand("copy");
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  await copyText(document.getElementById(button.dataset.copy));
  const words = button.querySelector("span") ?? button;
  words.dataset.before ??= words.textContent;
  words.textContent = button.dataset.done;
  setTimeout(() => { words.textContent = words.dataset.before; }, 2500);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("button[data-print]")) print();
});
