package org.longwire.matrix.sim;

/** Which paths the double knows. */
final class DoubleRoutes {
  private DoubleRoutes() {}

  /** What the endpoints work on. */
  record Parts(
      DoubleWorld world,
      DoubleAccounts accounts,
      RoomActions actions,
      Faults faults,
      SendEndpoint sending,
      MediaEndpoint media) {}

  static Routes of(Parts parts, Call.Endpoint wellKnown) {
    Routes routes = new Routes();
    routes.addOpen("GET /.well-known/matrix/client", RequestKind.WELL_KNOWN, wellKnown);
    addLogins(routes, new LoginEndpoint(parts.accounts(), parts.world().serverName()));
    RoomEndpoint reading = new RoomEndpoint(parts.world(), parts.accounts());
    addReading(routes, reading);
    SyncEndpoint sync = new SyncEndpoint(parts.world(), parts.faults());
    routes.add("GET /sync", RequestKind.SYNC, sync::answer);
    SendEndpoint sending = parts.sending();
    routes.add("PUT /rooms/*/send/*/*", RequestKind.SEND, sending::send);
    routes.add("PUT /rooms/*/redact/*/*", RequestKind.REDACT, sending::redact);
    MediaEndpoint media = parts.media();
    routes.add("POST /_matrix/media/v3/upload", RequestKind.UPLOAD, media::upload);
    routes.add("GET /media/download/*/*", RequestKind.OTHER, media::download);
    addMemberships(
        routes,
        new MembershipEndpoint(
            parts.world(), parts.actions(), reading, parts.faults().buckets()));
    return routes;
  }

  private static void addLogins(Routes routes, LoginEndpoint login) {
    routes.addOpen("GET /_matrix/client/versions", RequestKind.VERSIONS, login::versions);
    routes.addOpen("GET /login", RequestKind.LOGIN, login::flows);
    routes.addOpen("POST /login", RequestKind.LOGIN, login::logIn);
    routes.addOpen("POST /refresh", RequestKind.REFRESH, login::refresh);
    routes.add("GET /account/whoami", RequestKind.WHOAMI, login::whoAmI);
    routes.add("POST /logout", RequestKind.OTHER, login::logOut);
  }

  private static void addReading(Routes routes, RoomEndpoint reading) {
    routes.add("GET /rooms/*/messages", RequestKind.MESSAGES, reading::messages);
    routes.add("GET /rooms/*/event/*", RequestKind.OTHER, reading::event);
    routes.add("GET /rooms/*/state/*", RequestKind.STATE, reading::state);
    routes.add("GET /rooms/*/state/*/*", RequestKind.STATE, reading::state);
    routes.addOpen("GET /directory/room/*", RequestKind.ALIAS, reading::alias);
    routes.addOpen("GET /profile/*", RequestKind.PROFILE, reading::profile);
    routes.addOpen("GET /profile/*/displayname", RequestKind.PROFILE, reading::profile);
    routes.add("POST /rooms/*/receipt/*/*", RequestKind.RECEIPT, reading::receipt);
    routes.add("POST /rooms/*/read_markers", RequestKind.RECEIPT, reading::taken);
    routes.add("PUT /rooms/*/typing/*", RequestKind.RECEIPT, reading::taken);
  }

  private static void addMemberships(Routes routes, MembershipEndpoint members) {
    routes.add("POST /join/*", RequestKind.JOIN, members::join);
    routes.add("POST /rooms/*/join", RequestKind.JOIN, members::join);
    routes.add("POST /rooms/*/leave", RequestKind.LEAVE, members::leave);
    routes.add("GET /joined_rooms", RequestKind.JOINED_ROOMS, members::joinedRooms);
    routes.add("POST /createRoom", RequestKind.ROOM_ADMIN, members::createRoom);
    routes.add("POST /rooms/*/invite", RequestKind.ROOM_ADMIN, members::invite);
    routes.add("POST /rooms/*/kick", RequestKind.ROOM_ADMIN, members::kick);
    routes.add("POST /rooms/*/ban", RequestKind.ROOM_ADMIN, members::ban);
    routes.add("POST /rooms/*/unban", RequestKind.ROOM_ADMIN, members::unban);
    routes.add("POST /rooms/*/upgrade", RequestKind.ROOM_ADMIN, members::upgrade);
    routes.add("PUT /rooms/*/state/*", RequestKind.STATE, members::putState);
    routes.add("PUT /rooms/*/state/*/*", RequestKind.STATE, members::putState);
    routes.add("PUT /profile/*/displayname", RequestKind.PROFILE, members::rename);
  }
}
