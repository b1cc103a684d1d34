// A person's Matrix client without a face. A line on standard input asks for something, a line on
// standard output answers; both are JSON, one at a time. How a room looks is for the SDK to say.

import { Console } from 'node:console';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

// The SDK logs to the console; standard output is for answers.
globalThis.console = new Console(process.stderr);
const { createClient } = await import('matrix-js-sdk');

const PATIENCE_MS = 120_000;
const HISTORY = 200;
const GREY_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg==',
  'base64',
);

// Whatever may change what the room shows.
const CHANGES = [
  'sync',
  'Room.timeline',
  'Room.redaction',
  'Room.receipt',
  'Event.replaced',
  'Thread.update',
  'Thread.newReply',
  'Room.myMembership',
];

let client;
let room;

async function enter({ homeserver, user, password, where }) {
  const login = await createClient({ baseUrl: homeserver }).login('m.login.password', {
    identifier: { type: 'm.id.user', user },
    password,
  });
  client = createClient({
    baseUrl: homeserver,
    accessToken: login.access_token,
    userId: login.user_id,
    deviceId: login.device_id,
  });
  const { roomId } = await client.joinRoom(where);
  const prepared = new Promise((done) => {
    client.on('sync', (state) => state === 'PREPARED' && done());
  });
  await client.startClient({ initialSyncLimit: HISTORY, threadSupport: true });
  await prepared;
  room = client.getRoom(roomId);
  return { user: login.user_id };
}

/** Follows an invitation by somebody; from then on this is the room. */
async function accept({ by }) {
  const invites = (candidate) =>
    candidate.getMyMembership() === 'invite' && candidate.getDMInviter() === by;
  const { roomId } = await awaited(() => client.getRooms().find(invites));
  await client.joinRoom(roomId);
  room = client.getRoom(roomId);
  return {};
}

async function send(content, type = 'm.room.message') {
  // Without a thread of its own: the content says where it belongs.
  const { event_id } = await client.sendEvent(room.roomId, null, type, content);
  return { event: event_id };
}

const text = (body) => ({ msgtype: 'm.text', body });

async function image({ name, caption, file, w = '1', h = '1' }) {
  const bytes = file ? await readFile(file) : GREY_PIXEL;
  const { content_uri } = await client.uploadContent(bytes, { name, type: 'image/png' });
  const info = { mimetype: 'image/png', size: bytes.length, w: Number(w), h: Number(h) };
  const body = caption ?? name;
  return send({ msgtype: 'm.image', body, filename: name, url: content_uri, info });
}

async function unreact({ to, key }) {
  const mine = annotations(to)
    .filter(([shown]) => shown === key)
    .flatMap(([, events]) => events)
    .find((event) => event.getSender() === client.getUserId());
  if (!mine) {
    throw new Error(`there is no reaction ${key} of mine to ${to}`);
  }
  return redact({ event: mine.getId() });
}

async function redact({ event, reason }) {
  const { event_id } = await client.redactEvent(room.roomId, event, undefined, { reason });
  return { event: event_id };
}

async function read({ event }) {
  await client.sendReadReceipt(room.findEventById(event));
  return { event };
}

/** The reactions to an event as the SDK groups them: pairs of the key and its events. */
function annotations(id) {
  const related = room.relations.getChildEventsForEvent(id, 'm.annotation', 'm.reaction');
  const groups = related?.getSortedAnnotationsByKey() ?? [];
  return groups.map(([key, events]) => [key, [...events]]).filter(([, { length }]) => length > 0);
}

/** What an event answers, or nothing if that only serves clients which know no threads. */
function replyOf(event) {
  const id = event.replyEventId;
  if (!id || event.getRelation()?.is_falling_back) {
    return undefined;
  }
  return { event: id, body: room.findEventById(id)?.getContent().body };
}

/** Who told the server that this is the last they read; that one has read what one says counts not. */
function readersOf(id) {
  const members = room.getJoinedMembers().map((member) => member.userId);
  return members.filter((user) => room.getReadReceiptForUserId(user, true)?.eventId === id);
}

/** One event as a person sees it: the latest edit's words, the reactions counted. */
function asShown(event) {
  const content = event.getContent();
  return {
    event: event.getId(),
    sender: event.getSender(),
    name: event.sender?.name ?? event.getSender(),
    kind: content.msgtype ?? event.getType(),
    body: content.body ?? '',
    html: content.formatted_body,
    reply: replyOf(event),
    thread: event.isThreadRoot ? undefined : event.threadRootId,
    reactions: annotations(event.getId()).map(([key, events]) => ({
      key,
      count: events.length,
      senders: events.map((reaction) => reaction.getSender()).sort(),
    })),
    edited: Boolean(event.replacingEvent()),
    redacted: event.isRedacted(),
    readBy: readersOf(event.getId()),
  };
}

function isShown(event) {
  const behindTheScenes = ['m.reaction', 'm.room.redaction'].includes(event.getType());
  return !event.isState() && !behindTheScenes && !event.isRelation('m.replace');
}

/** The room's timeline, then its threads. */
function show() {
  const events = [
    ...room.getLiveTimeline().getEvents(),
    ...room.getThreads().flatMap((thread) => thread.events),
  ];
  const once = new Map(events.filter(isShown).map((event) => [event.getId(), event]));
  return { events: [...once.values()].map(asShown) };
}

/** Whether an event is as asked; what is not asked for may be anything. */
function fits(event, { id, body, reactor, key, without, redacted, reader, thread }) {
  const of = (wanted) => event.reactions.find((reaction) => reaction.key === wanted);
  return (
    (id === undefined || event.event === id) &&
    (body === undefined || event.body === body) &&
    (key === undefined || of(key)?.senders.includes(reactor) === true) &&
    (without === undefined || of(without) === undefined) &&
    (redacted === undefined || event.redacted) &&
    (reader === undefined || event.readBy.includes(reader)) &&
    (thread === undefined || event.thread === thread)
  );
}

/** Waits until there is something to be found. */
function awaited(find) {
  return new Promise((done, fail) => {
    const stop = () => {
      clearTimeout(timer);
      CHANGES.forEach((change) => client.off(change, look));
    };
    const look = () => {
      const found = find();
      if (found) {
        stop();
        done(found);
      }
    };
    const timer = setTimeout(() => {
      stop();
      fail(new Error(`in vain; the room shows ${JSON.stringify(show().events)}`));
    }, PATIENCE_MS);
    CHANGES.forEach((change) => client.on(change, look));
    look();
  });
}

const awaitEvent = (wanted) => awaited(() => show().events.find((event) => fits(event, wanted)));

const commands = {
  enter,
  accept,
  say: ({ body }) => send(text(body)),
  reply: ({ to, body }) =>
    send({ ...text(body), 'm.relates_to': { 'm.in_reply_to': { event_id: to } } }),
  thread: ({ root, body }) =>
    send({ ...text(body), 'm.relates_to': { rel_type: 'm.thread', event_id: root } }),
  react: ({ to, key }) =>
    send({ 'm.relates_to': { rel_type: 'm.annotation', event_id: to, key } }, 'm.reaction'),
  unreact,
  edit: ({ event, body }) =>
    send({
      ...text(`* ${body}`),
      'm.new_content': text(body),
      'm.relates_to': { rel_type: 'm.replace', event_id: event },
    }),
  redact,
  read,
  image,
  location: ({ body, geo }) => send({ msgtype: 'm.location', body, geo_uri: geo }),
  show,
  await: awaitEvent,
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...parameters } = JSON.parse(line);
  let answer;
  try {
    answer = await commands[name](parameters);
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
client?.stopClient();
process.exit(0);
