package org.longwire.relay.command;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.DisplayNames;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.Command.Where;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.host.BridgedRooms;
import org.longwire.plugins.host.Plugins;
import org.longwire.plugins.host.Spelling;
import org.longwire.radio.Airtime;
import org.longwire.radio.TextLimit;
import org.longwire.relay.bridge.BridgedPlaces;
import org.longwire.relay.bridge.Commands;
import org.longwire.relay.bridge.DirectRoomKeeper;
import org.longwire.relay.bridge.Graphemes;
import org.longwire.relay.bridge.KnownNodes;
import org.longwire.relay.bridge.MeshKeys;
import org.longwire.relay.bridge.Portal;
import org.longwire.relay.bridge.WallClock;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.config.Role;
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
  private final List<OwnCommand> commands = new ArrayList<>();
  private final Map<String, OwnCommand> byName = new LinkedHashMap<>();
  private final PluginCommands plugins;

  /** What the commands work with. */
  public record Means(
      Homeserver homeserver,
      DisplayNames names,
      DirectRoomKeeper rooms,
      KnownNodes nodes,
      LastPlaces places,
      LedgerView ledger,
      Plugins plugins,
      BridgedRooms bridges) {}

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
    this.plugins = new PluginCommands(means.plugins(), means.bridges());
    NodeNames known = new NodeNames(means.nodes());
    add(new WhereCommand(known, means.places(), clock));
    add(new DmCommand(known, rooms));
    add(new CloseCommand(rooms));
    add(new UndmCommand(known, rooms));
    add(new StatusCommand(conditions.status(), means.ledger()));
    add(new TraceCommand(means.ledger(), new WallClock(ZoneId.systemDefault()), clock));
  }

  private void add(OwnCommand command) {
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
        .filter(found ->
            found.byName() || isHeardAlone(found.call(), portal, event.header().room()))
        .map(Addressing.Found::call);
  }

  /** Whether a command without a mention is for us: in a shared room others may listen too. */
  private boolean isHeardAlone(Call call, Portal portal, RoomId room) {
    if (portal.isDirect() || byName.containsKey(call.name())) {
      return portal.isDirect() || !config.mentionRequired();
    }
    return plugins
        .find(call.name(), place(portal, room))
        .filter(offer -> !offer.policy().mentionRequired().orElse(config.mentionRequired()))
        .isPresent();
  }

  private static Place.Room place(Portal portal, RoomId room) {
    return new Place.Room(room, portal.isDirect());
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
    Place.Room place = place(portal, room);
    OwnCommand command = byName.get(call.name());
    Optional<Plugins.Offer> offer =
        command == null ? plugins.find(call.name(), place) : Optional.empty();
    if (offer.isPresent()) {
      return answer(offer.get(), call, event, place, portal.ends());
    }
    Request request = new Request(
        call.args(),
        portal.ends(),
        Optional.of(new Request.InRoom(portal, room, asker, salutation(portal, room))));
    if (command == null) {
      return new Answer(call.name(), unknown(call, request, place));
    }
    Reply reply = run(command, request, room, asker);
    return new Answer(command.name(), reply.words(), reply.place());
  }

  private Answer answer(
      Plugins.Offer offer,
      Call call,
      RoomEvent.TextMessage event,
      Place.Room place,
      List<Portal.End> ends) {
    Command command = offer.command();
    UserId asker = event.header().sender();
    Where where = Request.where(true, place.isPrivate());
    if (!command.where().contains(where)) {
      return new Answer(command.name(), elsewhere(command));
    }
    Role needed = PluginCommands.role(offer);
    Optional<String> refusal = refusal(command.name(), needed, place.id(), asker);
    if (refusal.isPresent()) {
      return new Answer(command.name(), refusal.get());
    }
    // All talk of the rooms waits here: the homeserver is asked for what the command needs alone.
    Role held = needed == Role.EVERYONE ? roles.unasked(asker) : roles.most(place.id(), asker);
    return plugins.call(
        offer,
        new CommandCall.FromRoom(
            command.name(),
            call.args(),
            place,
            PluginCommands.role(held),
            event,
            ends.stream().map(BridgedPlaces::of).toList()));
  }

  private static String elsewhere(Command command) {
    boolean isForRooms =
        command.where().contains(Where.ROOM) || command.where().contains(Where.PRIVATE_ROOM);
    String where = !isForRooms
        ? "the mesh"
        : command.where().contains(Where.ROOM) ? "shared rooms" : "private rooms";
    return "!%s is for %s".formatted(command.name(), where);
  }

  private String salutation(Portal portal, RoomId room) {
    return config.mentionRequired() && !portal.isDirect()
        ? addressing.salutation(names.of(room, self))
        : "";
  }

  private String unknown(Call call, Request request, Place place) {
    Set<String> all = new LinkedHashSet<>(byName.keySet());
    all.addAll(plugins.names(place));
    String near = Spelling.nearest(call.name(), all)
        .map(name -> "did you mean \"%s\"? ".formatted(request.written(name)))
        .orElse("");
    return "there is no command !%s; %s\"%s\" lists those there are"
        .formatted(call.name(), near, request.written("help"));
  }

  private Reply run(OwnCommand command, Request request, RoomId room, UserId asker) {
    if (!command.where().contains(request.where())) {
      return new Reply("!%s is for private rooms".formatted(command.name()));
    }
    Optional<String> refusal = refusal(command.name(), roleOf(command), room, asker);
    return refusal.isPresent() ? new Reply(refusal.get()) : run(command, request);
  }

  /** Why somebody may not use a command; empty if he may. */
  private Optional<String> refusal(String command, Role role, RoomId room, UserId asker) {
    try {
      return roles.has(role, room, asker)
          ? Optional.empty()
          : Optional.of("!%s is %s".formatted(command, onlyFor(role)));
    } catch (MatrixException failure) {
      return Optional.of(
          "not now: whether you may is only known to the homeserver, and it does not say ("
              + failure.getMessage() + "); try again later");
    }
  }

  private static String onlyFor(Role role) {
    return switch (role) {
      case MODERATOR -> "for the moderators of this room";
      case ADMIN -> "for administrators";
      default -> "switched off here";
    };
  }

  private static Reply run(OwnCommand command, Request request) {
    try {
      return command.run(request);
    } catch (StoreException failure) {
      return new Reply("not now: " + failure.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return new Reply("not now: the relay is being stopped");
    }
  }

  private Role roleOf(OwnCommand command) {
    return config.roles().getOrDefault(command.name(), Role.ADMIN);
  }

  @Override
  public Optional<Answer> answer(Asked asked) {
    Optional<Call> call = Call.read(asked.text());
    OwnCommand command = call.map(Call::name).map(byName::get).orElse(null);
    if (call.isPresent() && command == null) {
      return answer(call.get(), asked);
    }
    if (command == null || !mayOnMesh(command, asked)) {
      return Optional.empty();
    }
    // Numbers of nodes are forged easily, so all of them together are answered only so much.
    if (!patience.answers("radio " + asked.end().radio())) {
      return Optional.of(new Answer(command.name(), ""));
    }
    Request request =
        new Request(call.orElseThrow().args(), List.of(asked.end()), Optional.empty());
    return Optional.of(
        new Answer(command.name(), Graphemes.cut(run(command, request).words(), meshBytes)));
  }

  private boolean mayOnMesh(OwnCommand command, Asked asked) {
    if (!config.mesh().contains(command.name())) {
      return false;
    }
    return hasOnMesh(roleOf(command), asked);
  }

  private boolean hasOnMesh(Role role, Asked asked) {
    return switch (role) {
      case EVERYONE -> true;
      case NOBODY -> false;
      default -> isMeshAdmin(asked);
    };
  }

  private boolean isMeshAdmin(Asked asked) {
    return asked.key().filter(config.meshAdmins()::contains).isPresent();
  }

  /** Has a plugin answer a node. */
  private Optional<Answer> answer(Call call, Asked asked) {
    Place place = BridgedPlaces.of(asked.end());
    Where where = Request.where(false, place.isPrivate());
    Optional<Plugins.Offer> offer = plugins
        .find(call.name(), place)
        .filter(found -> found.policy().mesh()
            && found.command().where().contains(where)
            && hasOnMesh(PluginCommands.role(found), asked));
    if (offer.isEmpty()) {
      return Optional.empty();
    }
    String name = offer.get().command().name();
    if (!patience.answers("radio " + asked.end().radio())) {
      return Optional.of(new Answer(name, ""));
    }
    Command.Role role = isMeshAdmin(asked) ? Command.Role.ADMIN : Command.Role.EVERYONE;
    return Optional.of(plugins.call(
        offer.get(), new CommandCall.FromMesh(name, call.args(), place, role, asked.event())));
  }

  @Override
  public List<Command> usable(CommandCall call) {
    boolean isRoom = call instanceof CommandCall.FromRoom;
    Where where = Request.where(isRoom, call.place().isPrivate());
    Command.Role held = call instanceof CommandCall.FromRoom asked
        ? PluginCommands.role(
            roles.most(asked.place().id(), asked.event().header().sender()))
        : call.role();
    Map<String, Command> usable = new LinkedHashMap<>();
    for (OwnCommand own : commands) {
      Command.Role role = PluginCommands.role(roleOf(own));
      if (own.where().contains(where)
          && (isRoom || config.mesh().contains(own.name()))
          && role.compareTo(held) <= 0) {
        usable.put(own.name(), own.declared(role));
      }
    }
    plugins.usable(call, where, held).forEach(other -> usable.putIfAbsent(other.name(), other));
    return List.copyOf(usable.values());
  }
}
