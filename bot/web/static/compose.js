// Shows how far an upload is. Without it the form is sent as any other.
"use strict";

function send(form, button) {
  const fields = new FormData(form);
  fields.append(button.name, button.value);
  const request = new XMLHttpRequest();
  const bar = document.getElementById("progress");
  const words = document.getElementById("progress-words");
  bar.parentElement.hidden = false;
  for (const each of form.querySelectorAll("button")) each.disabled = true;
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = Math.round((event.loaded / event.total) * 100);
    words.textContent = event.loaded < event.total ? `已上传 ${bar.value}%` : "正在读取…";
  });
  request.addEventListener("load", () => show(request));
  request.addEventListener("error", () => {
    bar.parentElement.hidden = false;
    words.textContent = "没有传上去，请检查网络后再点一次。";
    for (const each of form.querySelectorAll("button")) each.disabled = false;
  });
  request.open("POST", form.action);
  request.send(fields);
}

function show(request) {
  if (request.status === 200) {
    location.assign(request.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.title = page.title;
  listen();
  const faults = document.getElementById("faults");
  if (faults) faults.focus();
}

function listen() {
  const form = document.querySelector("form.compose");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    if (!document.getElementById("files").files.length) return;
    event.preventDefault();
    send(form, event.submitter);
  });
}

listen();
