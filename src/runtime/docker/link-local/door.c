/*
 * The program of the container that listens at 169.254.170.2 in the engine's own network and hands every connection on to the
 * agent, over its standard input and output. It ends when its input does, so it never outlives the agent.
 *
 * It needs no library, no writable data and no place in a file system: `door-code.ts` holds its machine code, which
 * `scripts/compile-programs.sh` makes. It runs with CAP_NET_ADMIN (for the address) and CAP_NET_BIND_SERVICE (for port 80) only.
 *
 * The address is added to the loopback interface for a minute and renewed every fifteen seconds. So several agents share it, and
 * the kernel takes it away when the last of them has gone, however it ended.
 *
 * With an argument it listens at 127.0.0.1 instead, and needs no capability: in the network of one task.
 *
 * Each frame is {u8 kind, u8 0, u16 length, u32 id} and `length` bytes, little endian; `wire.ts` is the other end.
 */
#include "../linux.h"

enum kind { LISTENING = 1, DATA = 2, END = 3, GONE = 4, OPENED = 5, SENT = 6, REDIRECTED = 7 };
enum { LISTEN_AT = 1, DROP = 4, REDIRECT = 5, TAKEN = 6 };

enum {
  ADDRESS = 0x02aafea9, /* 169.254.170.2 in network order, read as little endian */
  LOOPBACK = 0x0100007f,
  MOST_CONNECTIONS = 1024,
  MOST_LISTENERS = 4,
  BUFFER = 64 * 1024, /* of one connection no more than this is under way, to the agent as from it */
  PIECE = 16 * 1024,
  EAGAIN = 11,
  EINTR = 4,
  POLLIN = 1,
  POLLOUT = 4,
  POLLERR = 8,
  POLLHUP = 16,
};

struct frame {
  u8 kind, zero;
  u16 length;
  u32 id;
};

struct pollfd {
  int fd;
  short events, revents;
};

struct connection {
  int fd; /* 0: the place is free */
  u32 id; /* its remainder by MOST_CONNECTIONS is the place, and no id comes twice */
  u32 start, end;
  u32 credit; /* the agent takes so many bytes more */
  u8 heard_end; /* the client sends no more */
  u8 ending;    /* to be shut down once all is written */
  u8 ended;
  u8 buffer[BUFFER];
};

/* A batch of netfilter's messages. Attributes are {u16 length, u16 type} and a value, at multiples of four bytes. */
struct batch {
  u8 bytes[2048];
  u32 end;
};

struct state {
  struct connection connections[MOST_CONNECTIONS];
  struct pollfd polled[1 + MOST_LISTENERS + MOST_CONNECTIONS];
  u32 place_of[MOST_CONNECTIONS];
  int listeners[MOST_LISTENERS];
  u16 ports[MOST_LISTENERS];
  u32 listening;
  u32 open;
  u32 filled;
  u32 own;
  int netlink;
  long renew_at;
  struct batch batch;
  u8 input[2 * BUFFER];
  struct {
    struct frame head;
    u8 body[PIECE];
  } output;
};

void *memcpy(void *to, const void *from, unsigned long size) {
  u8 *t = to;
  const u8 *f = from;
  while (size--) *t++ = *f++;
  return to;
}

void *memset(void *to, int value, unsigned long size) {
  u8 *t = to;
  while (size--) *t++ = (u8)value;
  return to;
}

void *memmove(void *to, const void *from, unsigned long size) {
  /* Only ever towards the start. */
  return memcpy(to, from, size);
}

static long now(void) {
  long time[2];
  call(CLOCK_GETTIME, 1 /* CLOCK_MONOTONIC */, time, 0);
  return time[0];
}

static void wait_for(struct pollfd *polled, u32 count) {
#if defined(__x86_64__)
  call(POLL, polled, count, 5000);
#else
  long timeout[2] = {5, 0};
  call6(PPOLL, (long)polled, count, (long)timeout, 0, 8, 0);
#endif
}

static void emit(struct state *s, u8 kind, u32 id, u32 length) {
  s->output.head = (struct frame){kind, 0, (u16)length, id};
  u8 *at = (u8 *)&s->output;
  u32 left = sizeof(struct frame) + length;
  while (left > 0) {
    long wrote = call(WRITE, 1, at, left);
    if (wrote == -EINTR) continue;
    if (wrote <= 0) quit(1);
    at += wrote;
    left -= (u32)wrote;
  }
}

static void emit_numbers(struct state *s, u8 kind, u32 id, u32 count, u32 first, u32 second, u32 third) {
  u32 numbers[3] = {first, second, third};
  memcpy(s->output.body, numbers, count * 4);
  emit(s, kind, id, count * 4);
}

/** Adds 169.254.170.2/32 to the interface 1, which is the loopback, or renews it. */
static void renew_address(struct state *s) {
  s->renew_at = now() + 15;
  if (s->own != ADDRESS) return;
  struct {
    u32 length;
    u16 type, flags;
    u32 sequence, port;
    u8 family, prefix, ifa_flags, scope;
    u32 index;
    u16 local_length, local_type;
    u32 local;
    u16 address_length, address_type;
    u32 address;
    u16 cache_length, cache_type;
    u32 preferred, valid, created, updated;
  } message = {60, 20 /* RTM_NEWADDR */, 0x501 /* REQUEST, REPLACE, CREATE */, 0, 0, 2 /* AF_INET */, 32, 0, 254 /* host */, 1,
               8,  2 /* IFA_LOCAL */, ADDRESS, 8, 1 /* IFA_ADDRESS */, ADDRESS, 20, 6 /* IFA_CACHEINFO */, 60, 60, 0, 0};
  call6(SENDTO, s->netlink, (long)&message, 60, 0, 0, 0);
}

static void listen_at(struct state *s, u32 id) {
  int one = 1;
  struct address address = {2, swapped((u16)id), s->own, {0, 0}};
  u32 size = sizeof address;
  long error = s->listening < MOST_LISTENERS ? 0 : -EAGAIN;
  int fd = (int)call(SOCKET, 2, 1 | 02004000 /* close on exec, does not block */, 0);
  if (fd < 0) error = fd;
  call6(SETSOCKOPT, fd, 1 /* SOL_SOCKET */, 2 /* SO_REUSEADDR */, (long)&one, sizeof one, 0);
  if (error == 0) error = call(BIND, fd, &address, sizeof address);
  if (error == 0) error = call(LISTEN, fd, 256, 0);
  if (error == 0) error = call(GETSOCKNAME, fd, &address, &size);
  if (error == 0) {
    s->listeners[s->listening] = fd;
    s->ports[s->listening++] = swapped(address.port);
  } else if (fd >= 0) {
    call(CLOSE, fd, 0, 0);
  }
  emit_numbers(s, LISTENING, id, 2, swapped(address.port), (u32)-error, 0);
}

static u32 big(u32 number) { return __builtin_bswap32(number); }

static u32 begin_attribute(struct batch *b, u16 type) {
  u32 at = b->end;
  u16 head[2] = {0, type};
  memcpy(b->bytes + at, head, 4);
  b->end += 4;
  return at;
}

static void end_attribute(struct batch *b, u32 at) {
  u16 length = (u16)(b->end - at);
  memcpy(b->bytes + at, &length, 2);
  while (b->end % 4) b->bytes[b->end++] = 0;
}

static void attribute(struct batch *b, u16 type, const void *value, u32 size) {
  u32 at = begin_attribute(b, type);
  memcpy(b->bytes + b->end, value, size);
  b->end += size;
  end_attribute(b, at);
}

static void text_attribute(struct batch *b, u16 type, const char *text) {
  u32 size = 1;
  while (text[size - 1]) size++;
  attribute(b, type, text, size);
}

static void number_attribute(struct batch *b, u16 type, u32 number) {
  number = big(number);
  attribute(b, type, &number, 4);
}

enum { NESTED = 0x8000, NFTABLES = 10 << 8, NEW_TABLE = 0, DELETE_TABLE = 2, NEW_CHAIN = 3, NEW_RULE = 6 };

static u32 begin_message(struct batch *b, u16 type, u16 flags, u8 family, u16 resource) {
  struct {
    u32 length;
    u16 type, flags;
    u32 sequence, port;
    u8 family, version;
    u16 resource;
  } head = {0, type, flags, 0, 0, family, 0, resource};
  u32 at = b->end;
  memcpy(b->bytes + at, &head, sizeof head);
  b->end += sizeof head;
  return at;
}

static void end_message(struct batch *b, u32 at) {
  u32 length = b->end - at;
  memcpy(b->bytes + at, &length, 4);
}

static void table_message(struct batch *b, u16 kind) {
  u32 at = begin_message(b, NFTABLES | kind, kind == NEW_TABLE ? 0x405 : 0x005 /* REQUEST, ACK; CREATE */, 2, 0);
  text_attribute(b, 1, "sealift");
  end_message(b, at);
}

static void chain_message(struct batch *b, const char *name, u32 hook) {
  u32 at = begin_message(b, NFTABLES | NEW_CHAIN, 0x405, 2, 0);
  text_attribute(b, 1, "sealift");
  text_attribute(b, 3, name);
  u32 nested = begin_attribute(b, 4 | NESTED);
  number_attribute(b, 1, hook);
  number_attribute(b, 2, (u32)-110); /* before the Engine translates destinations for the ports that it publishes */
  end_attribute(b, nested);
  text_attribute(b, 7, "nat");
  end_message(b, at);
}

static u32 begin_expression(struct batch *b, const char *name, u32 *data) {
  u32 element = begin_attribute(b, 1 | NESTED);
  text_attribute(b, 1, name);
  *data = begin_attribute(b, 2 | NESTED);
  return element;
}

static void end_expression(struct batch *b, u32 element, u32 data) {
  end_attribute(b, data);
  end_attribute(b, element);
}

static void value_attribute(struct batch *b, u16 type, const void *value, u32 size) {
  u32 nested = begin_attribute(b, type | NESTED);
  attribute(b, 1, value, size);
  end_attribute(b, nested);
}

/** The packet's `size` bytes at `offset` of a header (1: network, 2: transport) are these; base 0: its protocol. */
static void match(struct batch *b, u32 base, u32 offset, const void *value, u32 size) {
  u32 data, element = begin_expression(b, base == 0 ? "meta" : "payload", &data);
  number_attribute(b, 1, 1);
  if (base == 0) {
    number_attribute(b, 2, 16);
  } else {
    number_attribute(b, 2, base);
    number_attribute(b, 3, offset);
    number_attribute(b, 4, size);
  }
  end_expression(b, element, data);
  element = begin_expression(b, "cmp", &data);
  number_attribute(b, 1, 1);
  number_attribute(b, 2, 0);
  value_attribute(b, 3, value, size);
  end_expression(b, element, data);
}

static void load(struct batch *b, u32 into, const void *value, u32 size) {
  u32 data, element = begin_expression(b, "immediate", &data);
  number_attribute(b, 1, into);
  value_attribute(b, 2, value, size);
  end_expression(b, element, data);
}

static void rule_message(struct batch *b, const char *chain, u16 from, u16 to) {
  u32 ip = ADDRESS, data;
  u8 tcp = 6;
  u32 at = begin_message(b, NFTABLES | NEW_RULE, 0xc05 /* REQUEST, ACK, CREATE, APPEND */, 2, 0);
  text_attribute(b, 1, "sealift");
  text_attribute(b, 2, chain);
  u32 expressions = begin_attribute(b, 4 | NESTED);
  match(b, 1, 16, &ip, 4);
  match(b, 0, 0, &tcp, 1);
  match(b, 2, 2, &from, 2);
  load(b, 1, &ip, 4);
  load(b, 2, &to, 2);
  u32 element = begin_expression(b, "nat", &data);
  number_attribute(b, 1, 1); /* the destination */
  number_attribute(b, 2, 2); /* of IPv4 */
  number_attribute(b, 3, 1);
  number_attribute(b, 5, 2);
  end_expression(b, element, data);
  end_attribute(b, expressions);
  end_message(b, at);
}

/**
 * Leads port 80 of the address to another one. Nobody listens at port 80 then, so that others of the machine may, at all of its
 * addresses. What an earlier process left is replaced; without the address it has no effect.
 */
static void redirect(struct state *s, u32 id) {
  struct batch *b = &s->batch;
  u16 from = swapped(80), to = swapped((u16)id);
  b->end = 0;
  end_message(b, begin_message(b, 16, 1, 0, swapped(10)));
  table_message(b, NEW_TABLE);
  table_message(b, DELETE_TABLE);
  table_message(b, NEW_TABLE);
  chain_message(b, "prerouting", 0);
  chain_message(b, "output", 3);
  rule_message(b, "prerouting", from, to);
  rule_message(b, "output", from, to);
  end_message(b, begin_message(b, 17, 1, 0, swapped(10)));
  int fd = (int)call(SOCKET, 16 /* AF_NETLINK */, 3 | 02004000, 12 /* NETLINK_NETFILTER */);
  long error = fd < 0 ? fd : call6(SENDTO, fd, (long)b->bytes, b->end, 0, 0, 0);
  if (error > 0) error = 0;
  while (fd >= 0 && error == 0) {
    long got = call(READ, fd, b->bytes, sizeof b->bytes);
    if (got <= 0) break;
    for (u32 at = 0; at + 20 <= (u32)got && error == 0;) {
      u32 head[5];
      memcpy(head, b->bytes + at, 20);
      if ((head[1] & 0xffff) == 2 /* NLMSG_ERROR */) error = (int)head[4];
      if (head[0] < 16) break;
      at += (head[0] + 3) & ~3u;
    }
  }
  if (fd >= 0) call(CLOSE, fd, 0, 0);
  emit_numbers(s, REDIRECTED, id, 2, id, (u32)-error, 0);
}

static struct connection *find(struct state *s, u32 id) {
  struct connection *c = &s->connections[id % MOST_CONNECTIONS];
  return c->fd != 0 && c->id == id ? c : 0;
}

static void release(struct state *s, struct connection *c, int tell) {
  call(CLOSE, c->fd, 0, 0);
  c->fd = 0;
  s->open--;
  if (tell) emit(s, GONE, c->id, 0);
}

static void take(struct state *s, u32 listener) {
  while (s->open < MOST_CONNECTIONS) {
    struct address from;
    u32 size = sizeof from;
    int fd = (int)call6(ACCEPT4, s->listeners[listener], (long)&from, (long)&size, 02004000, 0, 0);
    if (fd < 0) return;
    u32 place = 0;
    while (s->connections[place].fd != 0) place++;
    struct connection *c = &s->connections[place];
    c->fd = fd;
    c->id = c->id == 0 ? place + MOST_CONNECTIONS : c->id + MOST_CONNECTIONS;
    c->start = c->end = 0;
    c->credit = BUFFER;
    c->heard_end = c->ending = c->ended = 0;
    s->open++;
    emit_numbers(s, OPENED, c->id, 3, from.ip, swapped(from.port), s->ports[listener]);
  }
}

/** Writes what the client takes now. False if the connection is over. */
static int push(struct state *s, struct connection *c) {
  while (c->start < c->end) {
    long wrote = call6(SENDTO, c->fd, (long)(c->buffer + c->start), c->end - c->start, 0x4000 /* MSG_NOSIGNAL */, 0, 0);
    if (wrote == -EAGAIN || wrote == -EINTR) return 1;
    if (wrote <= 0) {
      release(s, c, 1);
      return 0;
    }
    c->start += (u32)wrote;
    emit_numbers(s, SENT, c->id, 1, (u32)wrote, 0, 0);
  }
  c->start = c->end = 0;
  if (c->ending && !c->ended) {
    c->ended = 1;
    call(SHUTDOWN, c->fd, 1, 0);
  }
  if (c->ended && c->heard_end) {
    release(s, c, 1);
    return 0;
  }
  return 1;
}

static void pull(struct state *s, struct connection *c) {
  /* Without credit it is only read once it is over, and holds no more than the kernel has of it. */
  u32 most = c->credit == 0 || c->credit > PIECE ? PIECE : c->credit;
  long got = call(READ, c->fd, s->output.body, most);
  if (got == -EAGAIN || got == -EINTR) return;
  if (got < 0) return release(s, c, 1);
  if (got > 0) {
    c->credit -= (u32)got < c->credit ? (u32)got : c->credit;
    return emit(s, DATA, c->id, (u32)got);
  }
  c->heard_end = 1;
  emit(s, END, c->id, 0);
  push(s, c);
}

static void obey(struct state *s, struct frame *frame, u8 *body) {
  if (frame->kind == LISTEN_AT) return listen_at(s, frame->id);
  if (frame->kind == REDIRECT) return redirect(s, frame->id);
  struct connection *c = find(s, frame->id);
  if (!c) return; /* it has gone meanwhile */
  switch (frame->kind) {
    case DATA:
      if (c->end + frame->length > BUFFER) {
        memmove(c->buffer, c->buffer + c->start, c->end - c->start);
        c->end -= c->start;
        c->start = 0;
      }
      if (c->ending || c->end + frame->length > BUFFER) return release(s, c, 1);
      memcpy(c->buffer + c->end, body, frame->length);
      c->end += frame->length;
      push(s, c);
      return;
    case END:
      c->ending = 1;
      push(s, c);
      return;
    case TAKEN: {
      u32 count = 0;
      memcpy(&count, body, frame->length < 4 ? frame->length : 4);
      c->credit += count;
      return;
    }
    case DROP:
      release(s, c, 1);
      return;
  }
}

static void hear(struct state *s) {
  long got = call(READ, 0, s->input + s->filled, sizeof s->input - s->filled);
  if (got == -EINTR || got == -EAGAIN) return;
  if (got <= 0) quit(0);
  s->filled += (u32)got;
  u32 at = 0;
  while (s->filled - at >= sizeof(struct frame)) {
    struct frame frame;
    memcpy(&frame, s->input + at, sizeof frame);
    if (s->filled - at < sizeof frame + frame.length) break;
    obey(s, &frame, s->input + at + sizeof frame);
    at += sizeof frame + frame.length;
  }
  s->filled -= at;
  memmove(s->input, s->input + at, s->filled);
}

void begin(long *stack) {
  struct state *s = (struct state *)call6(MMAP, 0, sizeof(struct state), 3, 0x22 /* private, anonymous */, -1, 0);
  if ((unsigned long)s > -4096ul) quit(2);
  s->own = stack[0] > 1 ? LOOPBACK : ADDRESS;
  s->netlink = (int)call(SOCKET, 16 /* AF_NETLINK */, 3 | 02004000, 0);
  renew_address(s);
  for (;;) {
    u32 count = 0, first;
    s->polled[count++] = (struct pollfd){0, POLLIN, 0};
    for (u32 i = 0; i < s->listening; i++) {
      s->polled[count++] = (struct pollfd){s->open < MOST_CONNECTIONS ? s->listeners[i] : -1, POLLIN, 0};
    }
    first = count;
    for (u32 i = 0; i < MOST_CONNECTIONS; i++) {
      struct connection *c = &s->connections[i];
      if (c->fd == 0) continue;
      s->place_of[count - first] = i;
      short events = (short)((c->heard_end || c->credit == 0 ? 0 : POLLIN) | (c->start < c->end ? POLLOUT : 0));
      s->polled[count++] = (struct pollfd){c->fd, events, 0};
    }
    wait_for(s->polled, count);
    if (now() >= s->renew_at) renew_address(s);
    /* The connections come first: a place that is freed and taken again below was not polled as what it is then. */
    for (u32 i = first; i < count; i++) {
      struct connection *c = &s->connections[s->place_of[i - first]];
      short events = s->polled[i].revents;
      if (events & POLLOUT && !push(s, c)) continue;
      if (c->heard_end) {
        if (events & (POLLERR | POLLHUP)) release(s, c, 1);
      } else if (events & (POLLIN | POLLERR | POLLHUP)) {
        pull(s, c);
      }
    }
    if (s->polled[0].revents) hear(s);
    for (u32 i = 1; i < first; i++) {
      if (s->polled[i].revents & POLLIN) take(s, i - 1);
    }
  }
}
