package org.longwire.radio.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.longwire.radio.ChannelDescription;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;

/**
 * What the attached node is and how it behaves; the defaults are firmware 2.7.26 on a board with an
 * ESP32-S3. Set up before {@link SimulatedMesh#addNode} and left alone afterwards.
 */
public final class NodeSettings {
  /** Meshtastic's number for the European band with its duty cycle of 10 per cent. */
  public static final int REGION_EU_868 = 3;

  /** The bands of North America, without a duty cycle. */
  public static final int REGION_US = 1;

  final NodeId id;
  final List<ChannelDescription> channels = new ArrayList<>();
  String longName = "Longwire Base";
  String shortName = "LWB";
  String firmware = "2.7.26.54e0d8d";
  boolean hasKey = true;
  int region = REGION_US;
  int bandwidthHz = 250_000;
  int spreadFactor = 11;
  int codingRate = 5;
  int hopLimit = 3;
  double dutyCyclePercent = 100;
  int phoneQueueSize = 32;
  boolean clockSet;
  boolean pollModel = true;
  boolean forgiving;
  boolean consoleText;
  boolean noticesAtBoot;
  int fileCount = 6;
  Duration bootTime = Duration.ofSeconds(3);
  Duration textGap = Duration.ofSeconds(2);

  public NodeSettings(NodeId id) {
    this.id = id;
    withChannel(0, "", ChannelDescription.Role.PRIMARY);
    for (int i = 1; i <= ChannelIndex.MAX; i++) {
      withChannel(i, "", ChannelDescription.Role.DISABLED);
    }
  }

  public NodeSettings named(String newLongName, String newShortName) {
    longName = newLongName;
    shortName = newShortName;
    return this;
  }

  public NodeSettings withFirmware(String version) {
    firmware = version;
    return this;
  }

  /** Sets one channel slot; slot 0 is PRIMARY from the start and the others are DISABLED. */
  public NodeSettings withChannel(int index, String name, ChannelDescription.Role role) {
    ChannelDescription channel = new ChannelDescription(new ChannelIndex(index), name, role);
    if (index < channels.size()) {
      channels.set(index, channel);
    } else {
      channels.add(channel);
    }
    return this;
  }

  /** A region and the share of an hour, in per cent, that it allows the node to send. */
  public NodeSettings inRegion(int number, double percent) {
    region = number;
    dutyCyclePercent = percent;
    return this;
  }

  /** The modem's settings, which decide how long a packet is on the air. */
  public NodeSettings withModem(int newBandwidthHz, int newSpreadFactor, int newCodingRate) {
    bandwidthHz = newBandwidthHz;
    spreadFactor = newSpreadFactor;
    codingRate = newCodingRate;
    return this;
  }

  /** How many packets wait for a client: 8 on a classic ESP32, 32 on most others. */
  public NodeSettings withPhoneQueue(int size) {
    phoneQueueSize = size;
    return this;
  }

  /** Whether the node knows the time from the start, as one with GPS does. */
  public NodeSettings withClockSet(boolean yes) {
    clockSet = yes;
    return this;
  }

  /**
   * Whether the node looks at its port only every 250 ms after two silent seconds, and every 5 ms
   * otherwise (reference: meshtastic.md §1.7); if not, it reads at once.
   */
  public NodeSettings withPollModel(boolean yes) {
    pollModel = yes;
    return this;
  }

  /**
   * Whether a session ends when the cable or connection goes, so that packets wait for the next
   * one. Real nodes are not forgiving: they go on feeding the dead session.
   */
  public NodeSettings forgiving(boolean yes) {
    forgiving = yes;
    return this;
  }

  /** Whether the node writes its log between the frames, as 2.7 does on a serial line. */
  public NodeSettings withConsoleText(boolean yes) {
    consoleText = yes;
    return this;
  }

  /** Whether a boot shows on the line: the boot loader's text and a {@code rebooted} frame. */
  public NodeSettings withBootNotice(boolean yes) {
    noticesAtBoot = yes;
    return this;
  }

  /** How many entries the file list of a handshake has. */
  public NodeSettings withFiles(int count) {
    fileCount = count;
    return this;
  }

  /** How long a boot takes that a client asked for; real boards need 2 to 15 s. */
  public NodeSettings withBootTime(Duration time) {
    bootTime = time;
    return this;
  }

  /** How soon a text may follow another; real firmware refuses it within two seconds. */
  public NodeSettings withTextGap(Duration gap) {
    textGap = gap;
    return this;
  }

  /** Whether the node has a key pair; a factory-fresh one has not until its region is set. */
  public NodeSettings withKey(boolean yes) {
    hasKey = yes;
    return this;
  }

  boolean isChannelEnabled(int index) {
    return ChannelIndex.isValid(index)
        && channels.get(index).role() != ChannelDescription.Role.DISABLED;
  }

  byte[] publicKey() {
    byte[] key = new byte[hasKey ? 32 : 0];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (id.number() >>> (8 * (i % 4)) ^ (i * 11 + 3));
    }
    return key;
  }

  /** The time on air of a packet with so many bytes of header and payload (Semtech's formula). */
  Duration airtime(int packetBytes) {
    double symbolMs = 1_000.0 * (1 << spreadFactor) / bandwidthHz;
    int lowRate = symbolMs > 16 ? 1 : 0;
    double needed = 8.0 * packetBytes - 4.0 * spreadFactor + 28 + 16;
    double blocks = Math.ceil(needed / (4.0 * (spreadFactor - 2 * lowRate)));
    double symbols = 16 + 4.25 + 8 + Math.max(blocks * codingRate, 0);
    return Duration.ofNanos(Math.round(symbols * symbolMs * 1_000_000));
  }
}
