"""The Bot API's methods as far as the bot needs them. The emulator keeps the messages; what it accepts too easily is refused here."""

import json
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from telegram_account import Account, Draft, Webhook
from telegram_faults import bad_request
from telegram_html import Shown, shown

Form = dict[str, str]


class Upstream(Protocol):
    """The emulator, asked in one bot's name."""

    async def call(self, method: str, form: Form) -> Any:
        """The result of one of its methods."""
        ...


@dataclass(frozen=True)
class Request:
    """One request that keeps the schema."""

    account: Account
    upstream: Upstream
    form: Form

    @property
    def chat_id(self) -> int:
        """The chat that is meant; none here has a name."""
        if not re.fullmatch(r"-?[1-9]\d*", self.form.get("chat_id", "")):
            raise bad_request("chat not found")
        return int(self.form["chat_id"])

    @property
    def place(self) -> tuple[int, int]:
        """The chat and the message that are meant."""
        if "message_id" not in self.form:
            raise bad_request("message identifier is not specified")
        return self.chat_id, int(self.form["message_id"])

    def text(self) -> Shown:
        """The text as its reader sees it."""
        text = self.form.get("text", "")
        return shown(text) if self.form.get("parse_mode") == "HTML" else Shown(text.strip())

    def stored(self, text: Shown) -> Form:
        """The request as the emulator keeps it: text and entities as they are shown, and no keyboard where none was sent."""
        form = {name: value for name, value in self.form.items() if name != "parse_mode"}
        return {"reply_markup": '{"inline_keyboard": []}', **form, "text": text.text, "entities": json.dumps(text.entities)}


async def get_me(request: Request) -> Any:
    more = {"is_bot": True, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}
    return {**(await request.upstream.call("getMe", {})), **more}


async def send_message(request: Request) -> Any:
    text, chat_id = request.text(), request.chat_id
    _check_reply(request, chat_id)
    sent = await request.upstream.call("sendMessage", request.stored(text))
    message: dict[str, Any] = {
        "message_id": sent["message_id"],
        "date": sent["date"] // 1000,
        "from": await get_me(request),
        "chat": request.account.chat(chat_id),
        **_content(request, text),
    }
    if "message_thread_id" in request.form:
        message |= {"message_thread_id": int(request.form["message_thread_id"]), "is_topic_message": True}
    request.account.messages[chat_id, sent["message_id"]] = message
    request.account.drafts.pop(chat_id, None)
    return message


async def edit_text(request: Request) -> Any:
    text = request.text()
    return await _edit(request, "editMessageText", {"text": text.text, **_content(request, text)}, request.stored(text))


async def edit_markup(request: Request) -> Any:
    form = {"reply_markup": '{"inline_keyboard": []}', **request.form}
    message = request.account.messages.get(request.place, {})
    kept = {name: message[name] for name in ("text", "entities") if name in message}
    return await _edit(request, "editMessageReplyMarkup", kept | _keyboard(request), form)


async def delete_message(request: Request) -> bool:
    if request.account.messages.pop(request.place, None) is None:
        raise bad_request("message to delete not found")
    await request.upstream.call("deleteMessage", request.form)
    return True


async def send_draft(request: Request) -> bool:
    chat_id = request.chat_id
    if request.account.chat(chat_id)["type"] != "private":
        raise bad_request("drafts are for private chats")
    request.account.drafts[chat_id] = Draft(int(request.form["draft_id"]), request.text().text, time.monotonic())
    return True


async def answer_press(request: Request) -> bool:
    _answer_once(request.account.presses, request.form["callback_query_id"], request.form)
    return True


async def answer_query(request: Request) -> bool:
    ids = [result["id"] for result in json.loads(request.form["results"])]
    if len(ids) != len(set(ids)):
        raise bad_request("RESULT_ID_DUPLICATE")
    _answer_once(request.account.queries, request.form["inline_query_id"], request.form)
    return True


async def set_commands(request: Request) -> bool:
    key = f"{request.form.get('scope', 'default')} {request.form.get('language_code', '')}".strip()
    request.account.commands[key] = json.loads(request.form["commands"])
    return True


async def set_webhook(request: Request) -> bool:
    url = request.form["url"]
    if url and not url.startswith(("https://", "http://127.0.0.1:")):  # Telegram takes https only; a test has no certificate
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    request.account.webhook = Webhook(url, request.form.get("secret_token")) if url else None
    allow(request)
    return True


async def delete_webhook(request: Request) -> bool:
    request.account.webhook = None
    if request.form.get("drop_pending_updates") == "true":
        request.account.pending.clear()
    return True


async def webhook_info(request: Request) -> Any:
    webhook = request.account.webhook
    info: dict[str, Any] = {"url": webhook.url if webhook else "", "has_custom_certificate": False}
    if webhook and webhook.refusals:
        info |= {"last_error_date": int(time.time()), "last_error_message": webhook.refusals[-1]}
    return {**info, "pending_update_count": len(request.account.pending)}


async def get_chat(request: Request) -> Any:
    chat = request.account.chat(request.chat_id)
    gifts = dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False)
    return {**chat, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


async def get_member(request: Request) -> Any:
    return {"status": "member", "user": {"id": int(request.form["user_id"]), "is_bot": False, "first_name": "Wanda"}}


async def nothing_to_keep(_: Request) -> bool:
    return True


METHODS: dict[str, Callable[[Request], Awaitable[Any]]] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "editMessageText": edit_text,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "sendMessageDraft": send_draft,
    "sendChatAction": nothing_to_keep,
    "answerCallbackQuery": answer_press,
    "answerInlineQuery": answer_query,
    "setMyCommands": set_commands,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
    "getChat": get_chat,
    "getChatMember": get_member,
}


def allow(request: Request) -> None:
    """Keep which kinds of updates the bot wants; without a word about it, what it wanted before stays."""
    if "allowed_updates" in request.form:
        request.account.allowed = frozenset(json.loads(request.form["allowed_updates"])) or None


def _check_reply(request: Request, chat_id: int) -> None:
    reply = json.loads(request.form.get("reply_parameters", "null"))
    if reply and not reply.get("allow_sending_without_reply") and (chat_id, reply["message_id"]) not in request.account.messages:
        raise bad_request("message to be replied not found")


def _keyboard(request: Request) -> dict[str, Any]:
    markup = json.loads(request.form.get("reply_markup", "{}"))
    return {"reply_markup": markup} if any(markup.get("inline_keyboard", ())) else {}


def _content(request: Request, text: Shown) -> dict[str, Any]:
    entities = {"entities": list(text.entities)} if text.entities else {}
    return {"text": text.text, **entities, **_keyboard(request)}


async def _edit(request: Request, method: str, content: dict[str, Any], form: Form) -> Any:
    message = request.account.messages.get(request.place)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.get("from", {}).get("is_bot"):
        raise bad_request("message can't be edited")
    frame = {name: value for name, value in message.items() if name not in ("text", "entities", "reply_markup", "edit_date")}
    if frame | content == {name: value for name, value in message.items() if name != "edit_date"}:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a current content "
            "and reply markup of the message"
        )
    await request.upstream.call(method, form)
    edited = {**frame, **content, "edit_date": int(time.time())}
    request.account.messages[request.place] = edited
    return edited


def _answer_once(queries: dict[str, Form | None], query_id: str, form: Form) -> None:
    if queries.get(query_id, form) is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    queries[query_id] = form
