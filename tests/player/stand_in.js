// Stands for the tutor's script: an element with the widget's methods, which notes what it is told.
const script = document.currentScript;
window.Navigator.mount = () => {};
customElements.define(
  "navigator-tutor",
  class extends HTMLElement {
    told = [];
    connectedCallback() {
      this.attachShadow({ mode: "open" }).textContent = "the tutor";
      this.say("navigator:ready", {});
    }
    say(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
    }
    setContext(context) {
      this.told.push(["context", context]);
    }
    setToken(token) {
      this.told.push(["token", token]);
    }
    close() {
      this.told.push(["close"]);
    }
  },
);
const put = () => document.body.append(Object.assign(document.createElement("navigator-tutor"), { given: { ...script.dataset } }));
document.body ? put() : document.addEventListener("DOMContentLoaded", put);
