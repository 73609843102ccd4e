// What the pages can do beyond plain forms and links.  Without this file everything still works, one page at a time.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function announce(text) {
  const place = one("#announce");
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 60);
}

// Sending: say that it goes on, and send once.

function startLoading(form) {
  for (const button of all("button[type=submit]", form)) {
    button.disabled = true;
    button.dataset.label = button.textContent;
    button.textContent = form.dataset.loading;
  }
  form.setAttribute("aria-busy", "true");
  announce(form.dataset.loading);
}

function stopLoading() {
  for (const form of all("form[aria-busy]")) {
    form.removeAttribute("aria-busy");
    for (const button of all("button[data-label]", form)) {
      button.disabled = false;
      button.textContent = button.dataset.label;
    }
  }
}

for (const form of all("form[data-loading]")) {
  form.addEventListener("submit", () => { leaving = true; startLoading(form); });
}
addEventListener("pageshow", stopLoading); // back from the next page

// Dropping files.

for (const zone of all("[data-drop]")) {
  const input = one("input[type=file]", zone);
  const over = (event) => { event.preventDefault(); zone.classList.add("over"); };
  zone.addEventListener("dragenter", over);
  zone.addEventListener("dragover", over);
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.form.requestSubmit();
  });
}

// Evidence and marks: each leads to the other.

let chosenMarks = [];

function choose(ids, card) {
  for (const item of all(".chosen")) item.classList.remove("chosen");
  chosenMarks = all(".mark[data-marks]").filter((mark) => mark.dataset.marks.split(" ").some((id) => ids.includes(id)));
  for (const mark of chosenMarks) mark.classList.add("chosen");
  for (const quote of all("[data-mark]")) quote.classList.toggle("chosen", ids.includes(quote.dataset.mark));
  if (card) card.classList.add("chosen");
}

function bring(item, block = "center") {
  item.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
}

function showMark(id, card) {
  closeEditor();
  choose([id], card);
  const first = chosenMarks[0];
  if (!first) return;
  bring(first);
  first.focus({ preventScroll: true });
}

function showCard(id) {
  const card = document.getElementById(id);
  if (!card) return null;
  if (card.hidden) filter("all");
  opening = true;
  card.open = true;
  bring(card, "nearest");
  const summary = one("summary", card);
  if (summary) summary.focus({ preventScroll: true });
  return card;
}

let opening = false; // by a link, not by the user

document.addEventListener("click", (event) => {
  const quote = event.target.closest("[data-mark]");
  const link = event.target.closest("[data-card]");
  if (quote) {
    event.preventDefault();
    showMark(quote.dataset.mark, quote.closest(".card"));
  } else if (link && document.getElementById(link.dataset.card)) {
    event.preventDefault();
    const card = showCard(link.dataset.card);
    choose(link.dataset.marks ? link.dataset.marks.split(" ") : [], card);
  }
});

for (const card of all(".card")) {
  one("summary", card).addEventListener("click", () => {
    opening = false;
    if (card.open) return; // it is being closed
    const ids = all("[data-mark]", card).map((quote) => quote.dataset.mark);
    choose(ids, card);
    if (chosenMarks[0] && !one(".words").hidden && matchMedia("(min-width: 1000px)").matches) bring(chosenMarks[0]);
  });
}

// Filters.

function filter(kind) {
  for (const link of all("[data-show]")) {
    if (link.dataset.show === kind) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const cards = all("[data-kind]");
  for (const card of cards) card.hidden = kind !== "all" && card.dataset.kind !== kind;
  const shown = cards.filter((card) => !card.hidden).length;
  const none = one(".none");
  if (none) none.hidden = shown > 0;
  return shown;
}

for (const link of all("[data-show]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    announce(`清单里有 ${filter(link.dataset.show)} 条`);
  });
}

// Copying a model sentence.

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return;
  } catch { /* not allowed, or a page from another machine without TLS, which has no clipboard */ }
  const box = document.createElement("textarea");
  box.value = text;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  if (!done) throw new Error("not copied");
}

for (const button of all("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const label = button.innerHTML;
    try {
      await copy(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "已复制";
      announce("已复制");
    } catch {
      button.textContent = "请手动选中复制";
    }
    setTimeout(() => { button.innerHTML = label; }, 1600);
  });
}

// Editing in place.

const editor = one(".editor");
const draft = one("#draft");
const words = one(".words");
const judged = draft ? draft.value : "";
let leaving = false;

function openEditor() {
  if (!editor.hidden) return;
  const share = words.parentElement.scrollTop / Math.max(1, words.parentElement.scrollHeight);
  words.hidden = true;
  editor.hidden = false;
  draft.scrollTop = share * draft.scrollHeight;
}

function closeEditor() {
  if (!editor || editor.hidden) return;
  editor.hidden = true;
  words.hidden = false;
}

// Where a line and a column (of code points) stand in the text box; -1 if the words are no longer there.
function find(line, column, text) {
  const lines = draft.value.split("\n");
  let start = 0;
  for (let index = 0; index < line - 1 && index < lines.length; index += 1) start += lines[index].length + 1;
  const guess = start + [...(lines[line - 1] || "")].slice(0, column - 1).join("").length;
  if (draft.value.startsWith(text, guess)) return guess;
  const near = draft.value.indexOf(text, start);
  return near >= 0 ? near : draft.value.indexOf(text);
}

function editPlace(button) {
  openEditor();
  const text = button.dataset.text.replace(/\r\n?/g, "\n");
  const start = find(Number(button.dataset.line), Number(button.dataset.column), text);
  draft.focus();
  if (start < 0) {
    announce("这一处已经改过");
    return;
  }
  draft.setSelectionRange(start, start + text.length);
  if (button.dataset.fixed !== undefined) {
    draft.setRangeText(button.dataset.fixed, start, start + text.length, "select");
    button.disabled = true;
    announce("已改，改完后请再检查一次");
  }
  const lines = draft.value.slice(0, start).length / Math.max(1, draft.value.length);
  draft.scrollTop = lines * draft.scrollHeight - draft.clientHeight / 2;
}

if (editor) {
  one("[data-editor]").addEventListener("click", (event) => {
    event.preventDefault();
    openEditor();
    draft.focus({ preventScroll: true });
    bring(editor, "nearest");
  });
  one("[data-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    draft.value = judged;
    for (const button of all("[data-fixed]")) button.disabled = false;
    closeEditor();
    one("[data-editor]").focus();
  });
  for (const tools of all(".tools")) tools.hidden = false;
  for (const button of all("[data-edit]")) button.addEventListener("click", () => editPlace(button));
  addEventListener("beforeunload", (event) => {
    if (!leaving && draft.value !== judged) event.preventDefault();
  });
}

// The desk: wait until all are judged.

async function follow(place) {
  try {
    const answer = await fetch(place.dataset.progress);
    const { done, total } = await answer.json();
    one("#progress").value = done;
    one("#progress-text").textContent = `${done} / ${total}`;
    if (done === total) {
      location.reload();
      return;
    }
  } catch {
    one("#progress-text").textContent = "连接中断，请刷新";
    return;
  }
  setTimeout(() => follow(place), 500);
}

const progress = one("[data-progress]");
if (progress) follow(progress);

// Menus close when one clicks elsewhere or presses Escape; printing shows everything.

document.addEventListener("click", (event) => {
  for (const menu of all(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of all(".menu[open]")) { menu.open = false; one("summary", menu).focus(); }
});
let closed = [];
addEventListener("beforeprint", () => {
  closed = all("details.card:not([open])");
  for (const card of closed) card.open = true;
});
addEventListener("afterprint", () => { for (const card of closed) card.open = false; });

// What has come out, for those who listen; then to what changed.

const told = one("#announce").dataset.text.trim();
if (told) announce(told);
const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (target && target.id === "changes") target.focus();
