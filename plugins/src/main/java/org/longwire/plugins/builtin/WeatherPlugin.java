package org.longwire.plugins.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Located;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Nodes;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Setting;
import org.longwire.plugins.api.Settings;
import org.longwire.radio.GeoPoint;

/** Says how the weather is and will be. */
public final class WeatherPlugin implements BuiltIn {
  static final Setting<String> PLACE = Setting.text(
      "place", "", "whose weather it is when nobody says where: a name, or latitude and longitude");
  static final Setting<String> UNITS =
      Setting.choice("units", "metric", List.of("metric", "imperial"), "what it is measured in");
  static final Setting<String> FORECASTS = Setting.text(
      "forecasts", "https://api.open-meteo.com", "where Open-Meteo's forecasts are asked for");
  static final Setting<String> GAZETTEER = Setting.text(
      "gazetteer",
      "https://geocoding-api.open-meteo.com",
      "where Open-Meteo's names of places are asked for");

  private static final Pattern ADDRESS = Pattern.compile("https?://[^/?#]+(/[^?#]*[^/?#])?");

  /** Characters of a name that is looked up. */
  private static final int NAME = 100;

  private PluginContext context;
  private OpenMeteo service;

  @Override
  public String id() {
    return "weather";
  }

  @Override
  public String description() {
    return "says how the weather is and will be";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(PLACE, UNITS, FORECASTS, GAZETTEER);
  }

  @Override
  public List<String> check(Settings settings) {
    List<String> wrong = new ArrayList<>();
    for (Setting<String> address : List.of(FORECASTS, GAZETTEER)) {
      if (!ADDRESS.matcher(settings.get(address)).matches()) {
        wrong.add("%s is an address without a slash at its end, such as %s"
            .formatted(address.name(), address.standard()));
      }
    }
    return wrong;
  }

  @Override
  public List<Command> commands() {
    String usage = "[place | lat,lon]";
    return List.of(
        Command.of("weather", usage, "says how the weather is"),
        Command.of("hourly", usage, "says how it will be in the next hours"),
        Command.of("daily", usage, "says how it will be in the next days"));
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
    Settings settings = lent.settings();
    service = new OpenMeteo(lent, settings.get(FORECASTS), settings.get(GAZETTEER));
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws PluginException {
    if (call.args().length() > NAME) {
      return PluginResult.failed("a name of a place has at most %d characters".formatted(NAME));
    }
    try {
      Optional<WeatherPlace> place = place(call);
      return place.isPresent()
          ? PluginResult.reply(answer(call.command(), place.get()))
          : PluginResult.failed("nobody knows where you are: say a place, such as !%s Bern"
              .formatted(call.command()));
    } catch (PluginException.Refused | PluginException.Unavailable e) {
      return PluginResult.failed(e.getMessage());
    }
  }

  private Answer answer(String command, WeatherPlace place) throws PluginException {
    WeatherWords words = new WeatherWords(place, Units.of(context.settings().get(UNITS)));
    String units = words.units().query();
    return switch (command) {
      case "hourly" -> words.hourly(service.forecast(place, WeatherWords.HOURLY + units));
      case "daily" -> words.daily(service.forecast(place, WeatherWords.DAILY + units));
      default -> words.current(service.forecast(place, WeatherWords.CURRENT + units));
    };
  }

  /** What the asker says; else where the asker is, what is configured, or where all nodes are. */
  private Optional<WeatherPlace> place(CommandCall call) throws PluginException {
    if (!call.args().isEmpty()) {
      return Optional.of(named(call.args()));
    }
    Nodes nodes = context.nodes().at(call.place());
    if (call instanceof CommandCall.FromMesh asker) {
      Optional<GeoPoint> own =
          nodes.byId(asker.event().packet().from()).flatMap(NodeInfo::position).map(Located::point);
      if (own.isPresent()) {
        return own.map(point -> new WeatherPlace("where you are", point));
      }
    }
    String configured = context.settings().get(PLACE);
    if (!configured.isEmpty()) {
      return Optional.of(named(configured));
    }
    List<GeoPoint> all = nodes.all().stream()
        .flatMap(node -> node.position().stream())
        .map(Located::point)
        .toList();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new WeatherPlace("around here", WeatherPlace.middle(all)));
  }

  private WeatherPlace named(String words) throws PluginException {
    Optional<WeatherPlace> coordinates = WeatherPlace.ofCoordinates(words);
    Optional<WeatherPlace> place = coordinates.isPresent() ? coordinates : service.place(words);
    return place.orElseThrow(() -> new PluginException.Refused(
        Brief.cut("no place is called \"%s\"; say its latitude and longitude, such as 46.95,7.45"
            .formatted(words))));
  }
}
