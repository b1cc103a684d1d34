package org.longwire.radio.sim;

import java.util.OptionalDouble;
import org.longwire.radio.Telemetry;

/** The payload that tells measurements, written by hand (reference: meshtastic.md §3.14). */
final class MeasurePayload {
  private static final int DEVICE = 2;
  private static final int ENVIRONMENT = 3;

  private MeasurePayload() {}

  /** @param time seconds of the epoch, 0 for a node without a clock */
  static byte[] of(Telemetry telemetry, int time) {
    WireWriter out = new WireWriter().fixed(1, time);
    if (telemetry instanceof Telemetry.Device device) {
      out.message(DEVICE, device(device));
    } else if (telemetry instanceof Telemetry.Environment environment) {
      out.message(ENVIRONMENT, environment(environment));
    }
    return out.toBytes();
  }

  private static WireWriter device(Telemetry.Device device) {
    WireWriter out = new WireWriter();
    device.batteryPercent().ifPresent(percent -> out.uintAlways(1, percent));
    decimal(out, 2, device.voltage());
    decimal(out, 3, device.channelUtilisation());
    decimal(out, 4, device.airUtilisationTx());
    device.uptimeSeconds().ifPresent(seconds -> out.uintAlways(5, (int) seconds));
    return out;
  }

  private static WireWriter environment(Telemetry.Environment environment) {
    WireWriter out = new WireWriter();
    decimal(out, 1, environment.temperature());
    decimal(out, 2, environment.humidityPercent());
    decimal(out, 3, environment.pressureHectopascal());
    decimal(out, 4, environment.gasResistance());
    environment.airQualityIndex().ifPresent(index -> out.uintAlways(7, index));
    return out;
  }

  private static void decimal(WireWriter out, int field, OptionalDouble value) {
    value.ifPresent(number -> out.floatAlways(field, (float) number));
  }
}
