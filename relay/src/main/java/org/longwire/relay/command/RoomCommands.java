package org.longwire.relay.command;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.DisplayNames;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.radio.Airtime;
import org.longwire.radio.TextLimit;
import org.longwire.relay.bridge.Commands;
import org.longwire.relay.bridge.DirectRoomKeeper;
import org.longwire.relay.bridge.Graphemes;
import org.longwire.relay.bridge.KnownNodes;
import org.longwire.relay.bridge.MeshKeys;
import org.longwire.relay.bridge.Portal;
import org.longwire.relay.bridge.WallClock;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.config.Role;
import org.longwire.relay.config.Spelling;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.LedgerView;
import org.longwire.relay.store.StoreException;

/** Recognises commands, sees to it that only those use them who may, and runs them. */
public final class RoomCommands implements Commands {
  /**
   * What was asked longer ago than this, by the word of the asker's server, is not done any more.
   */
  static final Duration STALE = Duration.ofMinutes(15);

  private final UserId self;
  private final RelayConfig.Commands config;
  private final DisplayNames names;
  private final DirectRoomKeeper rooms;
  private final InstantSource clock;
  private final Addressing addressing;
  private final Roles roles;
  private final Patience patience;
  private final int meshBytes;
  private final List<Command> commands = new ArrayList<>();
  private final Map<String, Command> byName = new LinkedHashMap<>();

  /** What the commands work with. */
  public record Means(
      Homeserver homeserver,
      DisplayNames names,
      DirectRoomKeeper rooms,
      KnownNodes nodes,
      LastPlaces places,
      LedgerView ledger) {}

  public RoomCommands(RelayConfig config, Means means, Conditions conditions) {
    this.self = config.matrix().user();
    this.config = config.commands();
    this.names = means.names();
    this.rooms = means.rooms();
    this.clock = conditions.clock();
    this.addressing = new Addressing(self);
    this.roles = new Roles(means.homeserver(), this.config.admins(), clock);
    this.patience = new Patience(clock);
    this.meshBytes = Math.min(
        config.mesh().partBytes(),
        TextLimit.bytes(Airtime.Kind.DIRECT, TextLimit.Answering.BY_REPLY));
    NodeNames known = new NodeNames(means.nodes());
    add(new HelpCommand(commands));
    add(new NodesCommand(means.nodes(), config.nodes().onlineWindow(), clock));
    add(new WhereCommand(known, means.places(), clock));
    add(new DmCommand(known, rooms));
    add(new CloseCommand(rooms));
    add(new UndmCommand(known, rooms));
    add(new StatusCommand(conditions.status(), means.ledger()));
    add(new TraceCommand(means.ledger(), new WallClock(ZoneId.systemDefault()), clock));
  }

  private void add(Command command) {
    commands.add(command);
    byName.put(command.name(), command);
    command.aliases().forEach(alias -> byName.put(alias, command));
  }

  @Override
  public Optional<Answer> answer(RoomEvent.TextMessage event, Portal portal) {
    return find(event, portal).map(call -> answer(call, event, portal));
  }

  @Override
  public boolean isCommand(RoomEvent.TextMessage event, Portal portal) {
    return find(event, portal).isPresent();
  }

  private Optional<Call> find(RoomEvent.TextMessage event, Portal portal) {
    // What a program says, or another relay for its mesh, is no wish of the account's owner.
    if (event.kind() != RoomEvent.Kind.TEXT
        || MeshKeys.isOfRelay(event.extras())
        || !rooms.mayWrite(portal, event.header().sender())) {
      return Optional.empty();
    }
    return addressing
        .read(event, names.of(event.header().room(), self))
        .filter(found -> found.byName() || isHeardAlone(found.call(), portal))
        .map(Addressing.Found::call);
  }

  /** Whether a command without a mention is for us: in a shared room others may listen too. */
  private boolean isHeardAlone(Call call, Portal portal) {
    return portal.isDirect() || !config.mentionRequired() && byName.containsKey(call.name());
  }

  private Answer answer(Call call, RoomEvent.TextMessage event, Portal portal) {
    UserId asker = event.header().sender();
    RoomId room = event.header().room();
    if (!patience.answers(asker.value())) {
      return new Answer(call.name(), "");
    }
    if (event.header().at().isBefore(clock.instant().minus(STALE))) {
      // Nobody waits for it any more, and it is still no word for the mesh.
      return new Answer(call.name(), "");
    }
    Command command = byName.get(call.name());
    Request request = new Request(
        call.args(),
        portal.ends(),
        Optional.of(new Request.InRoom(portal, room, asker, salutation(portal, room))),
        other -> mayQuietly(other, room, asker));
    if (command == null) {
      return new Answer(call.name(), unknown(call, request));
    }
    Reply reply = run(command, request, room, asker);
    return new Answer(command.name(), reply.words(), reply.place());
  }

  private String salutation(Portal portal, RoomId room) {
    return config.mentionRequired() && !portal.isDirect()
        ? addressing.salutation(names.of(room, self))
        : "";
  }

  private String unknown(Call call, Request request) {
    String near = Spelling.nearest(call.name(), byName.keySet())
        .map(name -> "did you mean \"%s\"? ".formatted(request.written(name)))
        .orElse("");
    return "there is no command !%s; %s\"%s\" lists those there are"
        .formatted(call.name(), near, request.written("help"));
  }

  private Reply run(Command command, Request request, RoomId room, UserId asker) {
    if (!command.isFor(request)) {
      return new Reply("!%s is for private rooms".formatted(command.name()));
    }
    try {
      Role role = roleOf(command);
      if (!roles.has(role, room, asker)) {
        return new Reply("!%s is %s".formatted(command.name(), onlyFor(role)));
      }
    } catch (MatrixException failure) {
      return new Reply(
          "not now: whether you may is only known to the homeserver, and it does not say ("
              + failure.getMessage() + "); try again later");
    }
    return run(command, request);
  }

  private static String onlyFor(Role role) {
    return switch (role) {
      case MODERATOR -> "for the moderators of this room";
      case ADMIN -> "for administrators";
      default -> "switched off here";
    };
  }

  private static Reply run(Command command, Request request) {
    try {
      return command.run(request);
    } catch (StoreException failure) {
      return new Reply("not now: " + failure.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return new Reply("not now: the relay is being stopped");
    }
  }

  private Role roleOf(Command command) {
    return config.roles().getOrDefault(command.name(), Role.ADMIN);
  }

  private boolean mayQuietly(Command command, RoomId room, UserId asker) {
    try {
      return roles.has(roleOf(command), room, asker);
    } catch (MatrixException failure) {
      return false;
    }
  }

  @Override
  public Optional<Answer> answer(Asked asked) {
    Optional<Call> call = Call.read(asked.text());
    Command command = call.map(Call::name).map(byName::get).orElse(null);
    if (command == null || !mayOnMesh(command, asked)) {
      return Optional.empty();
    }
    // Numbers of nodes are forged easily, so all of them together are answered only so much.
    if (!patience.answers("radio " + asked.end().radio())) {
      return Optional.of(new Answer(command.name(), ""));
    }
    Request request = new Request(
        call.orElseThrow().args(),
        List.of(asked.end()),
        Optional.empty(),
        other -> mayOnMesh(other, asked));
    return Optional.of(
        new Answer(command.name(), Graphemes.cut(run(command, request).words(), meshBytes)));
  }

  private boolean mayOnMesh(Command command, Asked asked) {
    if (!config.mesh().contains(command.name())) {
      return false;
    }
    return switch (roleOf(command)) {
      case EVERYONE -> true;
      case NOBODY -> false;
      default -> asked.key().filter(config.meshAdmins()::contains).isPresent();
    };
  }
}
