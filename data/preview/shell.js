// Shows what the server tells: the brief of each audience (panes.js), what is wrong, and where
// (findings.js). What one of the three files names at its top, the others know.
// All text is put in as text; nothing of a briefing ever becomes HTML here.
"use strict";

const byId = id => document.getElementById(id);
const FORMS = {html: "Page", md: "Markdown", pdf: "PDF"};
const SETTLED = 120; // ms in which the browser's viewer of PDFs draws its first page; nothing tells when
let told = null;
let stream = null;
let view = readView();
const panes = [];

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter(child => child !== null));
  return element;
}

// --- what is on the screen: stands behind the # of the address, so that a reload keeps it ---

function readView() {
  const [audience, form, beside] = location.hash.slice(1).split("/").map(part => {
    try { return decodeURIComponent(part); } catch { return ""; }
  });
  return {audience: audience || "", form: form in FORMS ? form : "html", beside: beside || ""};
}

function show(change) {
  Object.assign(view, change);
  const parts = [view.audience, view.form, ...(view.beside ? [view.beside] : [])];
  history.replaceState(null, "", `#${parts.map(encodeURIComponent).join("/")}`);
  draw();
  listen();
}

addEventListener("hashchange", () => { view = readView(); draw(); listen(); });

// --- the stream of what has changed ---

function listen() {
  const shown = [view.audience, view.beside].filter(Boolean);
  const asked = shown.map(name => `show=${encodeURIComponent(`${name}.${view.form}`)}`).join("&");
  if (stream && stream.asked === asked && stream.readyState !== EventSource.CLOSED) return;
  if (stream) stream.close();
  stream = new EventSource(`events?${asked}`);
  stream.asked = asked;
  stream.onmessage = event => {
    byId("status").textContent = "";
    told = JSON.parse(event.data);
    draw();
  };
  stream.onerror = () => { byId("status").textContent = "The preview has ended, or cannot be reached. It goes on by itself once it is there again."; };
}

// --- the bar at the top ---

function draw() {
  if (!told || !told.audiences.length) return;
  const names = told.audiences.map(one => one.name);
  if (!names.includes(view.audience)) view.audience = names[0];
  if (!names.includes(view.beside) || view.beside === view.audience) view.beside = "";
  document.title = `${told.findings.length ? `(${told.findings.length}) ` : ""}${told.file}`;
  byId("file").textContent = told.file;
  drawTabs();
  drawBeside(names);
  for (const input of document.querySelectorAll("#forms input")) input.checked = input.value === view.form;
  drawPanes([view.audience, view.beside].filter(Boolean));
  drawFindings();
  listen();
}

function drawTabs() {
  const tabs = byId("tabs");
  const wanted = told.audiences.map(one => one.name);
  const there = [...tabs.children].map(tab => tab.dataset.name);
  if (wanted.join("\n") !== there.join("\n")) {
    tabs.replaceChildren(...wanted.map(name => {
      const tab = make("button", {type: "button", textContent: name, id: `tab-${name}`});
      tab.dataset.name = name;
      tab.setAttribute("role", "tab");
      tab.addEventListener("click", () => show({audience: name, beside: view.beside === name ? view.audience : view.beside}));
      return tab;
    }));
  }
  for (const [index, tab] of [...tabs.children].entries()) {
    const chosen = tab.dataset.name === view.audience;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) tab.setAttribute("aria-controls", "pane-0"); else tab.removeAttribute("aria-controls");
    const wrong = Object.values(told.audiences[index].forms).some(form => form.problems.length);
    tab.classList.toggle("wrong", wrong);
    tab.title = wrong ? "Something is wrong with it" : "";
  }
}

byId("tabs").addEventListener("keydown", event => {
  const tabs = [...byId("tabs").children];
  const here = tabs.indexOf(document.activeElement);
  const next = {ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1}[event.key];
  if (next === undefined || here < 0) return;
  event.preventDefault();
  const tab = tabs[(next + tabs.length) % tabs.length];
  tab.click();
  tab.focus();
});

function drawBeside(names) {
  const select = byId("beside");
  const wanted = ["", ...names.filter(name => name !== view.audience)];
  if (wanted.join("\n") !== [...select.options].map(one => one.value).join("\n"))
    select.replaceChildren(...wanted.map(name => make("option", {value: name, textContent: name || "nothing"})));
  select.value = view.beside;
}

byId("beside").addEventListener("change", event => show({beside: event.target.value}));
byId("forms").addEventListener("change", event => show({form: event.target.value}));

addEventListener("DOMContentLoaded", listen); // once panes.js and findings.js are there too
