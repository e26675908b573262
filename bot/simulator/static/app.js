// The page: several phones side by side, kept up to date by one long poll.

import { bubble, day, hour, make } from "./draw.js";

const MOST_PHONES = 8;
const FIRST_PHONES = 4;
const QUIET_GAP = 10 * 60 * 1000;
const ERRCODES = { errcode: "45009", status: "500", latency: "6", loseAnswer: "" };
const seconds = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit",
  hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

const $ = (id) => document.getElementById(id);
const phones = [];
const seen = new Map();
let about = { hints: [], methods: [], canAdvance: false, hasStatus: false };
let state = null;
let offset = 0;
let poll = new AbortController();

// --- talking to the simulator ---------------------------------------------------------------

async function post(act, body) {
  const response = await fetch(`/sim/${act}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const reply = await response.json().catch(() => ({}));
  if (!response.ok) complain(reply.error ?? `没有成功（${response.status}）`);
  return reply;
}

let toastTimer = 0;
function complain(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 6000);
}

async function listen() {
  for (;;) {
    poll = new AbortController();
    const users = phones.map((phone) => phone.userid).join(",");
    const since = state && state.users === users ? state.version : -1;
    try {
      const url = `/sim/state?since=${since}&users=${encodeURIComponent(users)}`;
      const response = await fetch(url, { signal: poll.signal, cache: "no-store" });
      if (!response.ok) throw new Error(response.status);
      const fresh = await response.json();
      state = { ...fresh, users };
      offset = state.now - Date.now();
      online(true);
      draw();
    } catch (error) {
      if (error.name === "AbortError") continue;
      online(false);
      await new Promise((done) => { setTimeout(done, 2000); });
    }
  }
}

function online(up) {
  $("link").textContent = up ? "已连接" : "模拟器没有应答，正在重连…";
  $("link").classList.toggle("down", !up);
}

// --- phones -----------------------------------------------------------------------------------

function account(userid) {
  return state.accounts.find((one) => one.userid.toLowerCase() === userid)
    ?? { userid, name: userid, department: "" };
}

function remember() {
  localStorage.setItem("phones", JSON.stringify(phones.map((phone) => phone.userid)));
}

function addPhone(userid) {
  const root = $("phone").content.firstElementChild.cloneNode(true);
  const part = (name) => root.querySelector(name);
  const phone = { userid, root, who: part(".who"), chat: part(".chat"), nav: part(".menu"),
    input: part("textarea"), drawn: new Map(), menu: "", atEnd: true, top: 0 };
  phone.chat.addEventListener("scroll", () => follow(phone));
  phone.chat.addEventListener("load", () => toEnd(phone), true);
  part(".who").addEventListener("change", (event) => show(phone, event.target.value));
  part(".enter").addEventListener("click", () => post("enter", { userid: phone.userid }));
  part(".close").addEventListener("click", () => removePhone(phone));
  part(".composer").addEventListener("submit", (event) => { event.preventDefault(); send(phone); });
  part("input[type=file]").addEventListener("change", (event) => attach(phone, event.target));
  phone.input.addEventListener("input", () => grow(phone.input));
  phone.input.addEventListener("keydown", (event) => {
    if (event.altKey && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      event.preventDefault();
      focusBeside(phone, event.key === "ArrowRight" ? 1 : -1);
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send(phone);
  });
  phones.push(phone);
  $("phones").append(root);
  return phone;
}

function focusBeside(phone, step) {
  phones[(phones.indexOf(phone) + step + phones.length) % phones.length].input.focus();
}

function removePhone(phone) {
  phones.splice(phones.indexOf(phone), 1);
  phone.root.remove();
  (phones.at(-1)?.input ?? $("add")).focus();
  changed();
}

function show(phone, userid) {
  phone.userid = userid;
  phone.atEnd = true;
  phone.chat.replaceChildren();
  phone.drawn.clear();
  changed();
}

function changed() {
  remember();
  $("add").disabled = phones.length >= MOST_PHONES;
  poll.abort();
}

function grow(input) {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight + 2, 122)}px`;
}

function send(phone) {
  const text = phone.input.value.trim();
  if (!text) return;
  phone.input.value = "";
  phone.atEnd = true;
  grow(phone.input);
  post("say", { userid: phone.userid, text });
}

async function attach(phone, picker) {
  const [file] = picker.files;
  picker.value = "";
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  post("attach", { userid: phone.userid, filename: file.name, content: btoa(binary) });
}

// --- drawing ----------------------------------------------------------------------------------

function draw() {
  if (!phones.length && !draw.started) start();
  for (const phone of phones) {
    drawWho(phone);
    drawChat(phone);
    drawMenu(phone);
  }
  drawClock();
  drawFaults();
  if ($("raw").open) drawExchanges();
  $("dropped").textContent = state.dropped ? `静默丢弃 ${state.dropped} 条` : "";
}

function start() {
  draw.started = true;
  const known = state.accounts.map((one) => one.userid.toLowerCase());
  const kept = JSON.parse(localStorage.getItem("phones") ?? "[]").filter((one) => known.includes(one));
  const hinted = about.hints.map((hint) => hint.userid.toLowerCase()).filter((one) => known.includes(one));
  const wanted = kept.length ? kept : [...new Set([...hinted, ...known])].slice(0, FIRST_PHONES);
  wanted.forEach(addPhone);
  changed();
}

function drawWho(phone) {
  const { received, name } = account(phone.userid);
  phone.root.setAttribute("aria-label", `${name}的手机`);
  seen.set(phone.userid, received);
  const labels = state.accounts.map((one) => {
    const userid = one.userid.toLowerCase();
    const fresh = one.received - (seen.get(userid) ?? 0);
    const where = one.department ? ` · ${one.department.split("/").at(-1)}` : "";
    return [userid, `${one.name}${where}${fresh > 0 ? `（${fresh} 条新消息）` : ""}`];
  });
  const mark = JSON.stringify(labels);
  if (phone.labels !== mark && document.activeElement !== phone.who) {
    phone.labels = mark;
    phone.who.replaceChildren(...labels.map(([value, text]) => choice(value, text)));
  }
  phone.who.value = phone.userid;
}

function drawChat(phone) {
  const messages = state.phones[phone.userid];
  if (!messages) return;
  const { name } = account(phone.userid);
  const { chat } = phone;
  const nodes = [];
  let last = 0;
  for (const message of messages) {
    if (message.at - last > QUIET_GAP) nodes.push(pause(phone, message.at));
    last = message.at;
    nodes.push(keep(phone, message.id, JSON.stringify(message),
      () => bubble(message, name, (label, selected) => {
        post("click", { userid: phone.userid, message: message.id, label, selected });
      })));
  }
  if (!nodes.length) nodes.push(keep(phone, "empty", "", () => make("p", "empty", "还没有消息")));
  place(chat, nodes);
  toEnd(phone);
}

// Change only what differs: what is being read stays where it is.
function place(chat, nodes) {
  const wanted = new Set(nodes);
  nodes.forEach((node, at) => {
    const there = chat.children[at];
    if (there === node) return;
    if (there && !wanted.has(there)) there.replaceWith(node);
    else chat.insertBefore(node, there ?? null);
  });
  while (chat.children.length > nodes.length) chat.lastElementChild.remove();
}

// Stay at the end until the reader scrolls up; a picture that grows is no reader.
function follow(phone) {
  const { scrollHeight, scrollTop, clientHeight } = phone.chat;
  if (scrollHeight - scrollTop - clientHeight < 80) phone.atEnd = true;
  else if (scrollTop < phone.top) phone.atEnd = false;
  phone.top = scrollTop;
}

function toEnd(phone) {
  if (phone.atEnd) phone.chat.scrollTop = phone.chat.scrollHeight;
}

function keep(phone, key, mark, drawNode) {
  const old = phone.drawn.get(key);
  if (old?.mark === mark) return old.node;
  const node = drawNode();
  phone.drawn.set(key, { mark, node });
  return node;
}

function pause(phone, at) {
  return keep(phone, `pause-${at}`, "", () => make("div", "pause", `${day(at)} ${hour(at)}`));
}

function drawMenu(phone) {
  const mark = JSON.stringify([state.menu, phone.userid]);
  if (phone.menu === mark) return;
  phone.menu = mark;
  phone.nav.hidden = !state.menu.length;
  phone.nav.replaceChildren(...state.menu.map((column) => menuColumn(phone, column)));
}

function menuColumn(phone, column) {
  if (!column.sub_button?.length) return menuButton(phone, column);
  const list = make("div", "", ...column.sub_button.map((one) => menuButton(phone, one)));
  const node = make("details", "", make("summary", "", `☰ ${column.name}`), list);
  node.addEventListener("click", (event) => {
    if (event.target.closest("button")) node.open = false;
  });
  return node;
}

function menuButton(phone, button) {
  const node = make("button", "", button.name);
  node.type = "button";
  node.addEventListener("click", () => {
    if (button.type === "view") window.open(button.url, "_blank", "noopener,noreferrer");
    else post("menu", { userid: phone.userid, key: button.key });
  });
  return node;
}

function drawFaults() {
  const { faults } = state;
  $("fault-count").textContent = faults.length ? `${faults.length} 项生效中` : "";
  $("alarm").hidden = !faults.length;
  $("alarm").textContent = `⚠ ${faults.length} 项故障`;
  $("fault-list").replaceChildren(...faults.map((line) => make("li", "", line)));
}

async function drawExchanges() {
  const response = await fetch("/sim/exchanges", { cache: "no-store" });
  const exchanges = await response.json();
  const shown = exchanges.filter(wanted);
  const mark = JSON.stringify(shown);
  fillFilter();
  $("raw-count").textContent = `${shown.length} / ${exchanges.length} 条`;
  if (drawExchanges.mark === mark) return;
  drawExchanges.mark = mark;
  const open = new Set([...$("exchanges").querySelectorAll("details[open]")].map((one) => one.dataset.key));
  $("exchanges").replaceChildren(...shown.map((one) => exchangeNode(one, open)));
  if (!shown.length) $("exchanges").append(make("p", "empty", "还没有往来"));
}

function fillFilter() {
  const labels = state.accounts.map((one) => [one.userid.toLowerCase(), one.name]);
  const mark = JSON.stringify(labels);
  if (fillFilter.mark === mark) return;
  fillFilter.mark = mark;
  $("raw-phone").replaceChildren(choice("", "全部"), ...labels.map(([value, text]) => choice(value, text)));
}

function wanted(one) {
  const phone = $("raw-phone").value;
  const method = $("raw-method").value;
  if (method === "callback" ? one.kind !== "callback" : method && !one.title.endsWith(` ${method}`)) return false;
  const words = `${one.request} ${one.response}`.toLowerCase().split(/[^\w@.-]+/);
  return !phone || words.includes(phone);
}

function choice(value, text) {
  const node = make("option", "", text);
  node.value = value;
  return node;
}

function exchangeNode(one, open) {
  const bad = one.kind === "callback" ? one.status !== 200 : one.errcode || one.status !== 200;
  const outcome = one.errcode ? `errcode ${one.errcode}` : String(one.status ?? "无应答");
  const summary = make("summary", "",
    make("time", "", seconds.format(one.at).split(" ").at(-1)),
    make("span", `tag ${one.kind}`, one.kind === "api" ? "接口" : "回调"),
    make("span", "what", one.title + (one.attempt > 1 ? `（第 ${one.attempt} 次）` : "")),
    make("span", bad ? "bad" : "good", outcome),
    make("span", "note", one.note));
  const node = make("details", "exchange", summary);
  const texts = [["请求", one.request], ["请求密文", one.sealed], ["应答", one.response],
    ["应答密文", one.sealed_response]].filter(([, text]) => text);
  for (const [label, text] of texts) node.append(make("h3", "", label), make("pre", "", text));
  node.append(copyButton([one.title, ...texts.map(([label, text]) => `--- ${label}\n${text}`)].join("\n")));
  node.dataset.key = `${one.at}-${one.title}-${one.attempt}`;
  node.open = open.has(node.dataset.key);
  return node;
}

function copyButton(text) {
  const button = make("button", "copy", "复制");
  button.type = "button";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = "已复制";
    setTimeout(() => { button.textContent = "复制"; }, 1500);
  });
  return button;
}

// --- header and panels ------------------------------------------------------------------------

function tick() {
  if (state) $("now").textContent = seconds.format(Date.now() + offset);
}

function drawClock() {
  const { moving, upcoming } = state;
  for (const button of $("steps").querySelectorAll("button")) button.disabled = moving;
  $("to-due").disabled = moving || !upcoming;
  $("moving").textContent = moving ? "正在推进…" : "";
  $("upcoming").hidden = moving || !about.canAdvance;
  $("upcoming").textContent = upcoming
    ? `接着 ${day(upcoming.at)} ${hour(upcoming.at)} ${upcoming.what}` : "接着没有定时的事";
}

async function advance(button) {
  state = { ...state, moving: true };
  drawClock();
  const { fired, pushed } = await post("clock", { step: button.dataset.step });
  state = { ...state, moving: false };
  drawClock();
  button.focus();
  if (!fired) return;
  const lines = grouped(fired).map(([{ what, at }, times]) => make("li", "",
    make("time", "", `${day(at)} ${hour(at)}`), `${what}${times > 1 ? ` ×${times}` : ""}`));
  if (!fired.length) lines.push(make("li", "", "没有到点的事"));
  if (pushed) lines.push(make("li", "sum", `共推送 ${pushed} 条消息`));
  $("fired-title").textContent = `时钟：${button.textContent}`;
  $("fired-lines").replaceChildren(...lines);
  $("fired").hidden = false;
}

function grouped(fired) {
  const groups = [];
  for (const one of fired) {
    const last = groups.at(-1);
    if (last && last[0].what === one.what && last[0].at === one.at) last[1] += 1;
    else groups.push([one, 1]);
  }
  return groups;
}

// Escape closes what is open, the innermost first, and goes back to what opened it.
function closeInnermost() {
  const open = document.activeElement.closest("details[open]")
    ?? document.querySelector(".menu details[open], .actions[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  } else if (!$("toast").hidden) $("toast").hidden = true;
  else $("fired").hidden = true;
}

function hintNode({ userid, text }) {
  const node = make("button", "", make("b", "", account(userid.toLowerCase()).name), make("span", "", text));
  node.type = "button";
  node.title = text;
  node.addEventListener("click", () => {
    const wanted = userid.toLowerCase();
    let phone = phones.find((one) => one.userid === wanted);
    if (!phone) {
      phone = phones.at(-1) ?? addPhone(wanted);
      show(phone, wanted);
    }
    phone.root.scrollIntoView({ behavior: "smooth", block: "nearest", inline: "center" });
    phone.input.value = text;
    grow(phone.input);
    phone.input.focus({ preventScroll: true });
  });
  return node;
}

function setFault(event) {
  event.preventDefault();
  const form = new FormData(event.target);
  const what = form.get("what");
  const value = what === "loseAnswer" ? true : Number(form.get("value"));
  const times = form.get("times") ? Number(form.get("times")) : null;
  post("api_fault", { method: form.get("method"), [what]: value, times });
}

function wire() {
  $("add").addEventListener("click", () => {
    const shown = new Set(phones.map((phone) => phone.userid));
    const next = state?.accounts.map((one) => one.userid.toLowerCase()).find((one) => !shown.has(one));
    if (!next) return;
    addPhone(next).root.scrollIntoView({ inline: "end", block: "nearest" });
    changed();
  });
  $("steps").addEventListener("click", (event) => {
    if (event.target.dataset.step) advance(event.target);
  });
  $("fired-close").addEventListener("click", () => { $("fired").hidden = true; });
  $("raw").addEventListener("toggle", () => { if ($("raw").open) drawExchanges(); });
  for (const id of ["raw-phone", "raw-method"]) $(id).addEventListener("change", drawExchanges);
  $("restart-record").addEventListener("click", async () => {
    await post("restart_diary", {});
    complain("从现在起重新记录");
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeInnermost(); });
  $("api-fault").addEventListener("submit", setFault);
  $("api-fault").elements.what.addEventListener("change", (event) => {
    const { value } = $("api-fault").elements;
    value.value = ERRCODES[event.target.value];
    value.disabled = event.target.value === "loseAnswer";
  });
  $("distrust").addEventListener("click", () => post("api_fault", { method: "*", errcode: 60020, times: null }));
  $("clear").addEventListener("click", () => post("clear_faults", {}));
  for (const button of document.querySelectorAll("[data-callback]")) {
    button.addEventListener("click", () => post("callback_fault", { what: button.dataset.callback }));
  }
  document.addEventListener("click", (event) => {
    for (const node of document.querySelectorAll(".menu details[open], .actions[open]")) {
      if (!node.contains(event.target)) node.open = false;
    }
  });
  setInterval(tick, 500);
}

async function begin() {
  wire();
  about = await (await fetch("/sim/about")).json();
  $("steps").hidden = !about.canAdvance;
  $("service-status").hidden = !about.hasStatus;
  for (const id of ["methods", "raw-method"]) $(id).append(...about.methods.map((name) => choice(name, name)));
  state = await (await fetch("/sim/state?since=-1&users=")).json();
  $("hints").hidden = !about.hints.length;
  $("hint-list").append(...about.hints.map(hintNode));
  listen();
}

begin();
