package org.longwire.matrix;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells the addresses of the internet from those of this machine, of the networks around it, and of
 * nothing at all (IANA's special-purpose registries).
 */
final class PublicAddresses implements Predicate<InetAddress> {
  private static final List<Block> SPECIAL_4 = blocks(
      "0.0.0.0/8",
      "10.0.0.0/8",
      "100.64.0.0/10",
      "127.0.0.0/8",
      "169.254.0.0/16",
      "172.16.0.0/12",
      "192.0.0.0/24",
      "192.0.2.0/24",
      "192.88.99.0/24",
      "192.168.0.0/16",
      "198.18.0.0/15",
      "198.51.100.0/24",
      "203.0.113.0/24",
      "224.0.0.0/4",
      "240.0.0.0/4");

  /** Only these are given out at all. */
  private static final Block GLOBAL_6 = Block.of("2000::/3");

  /** Tunnels, benchmarks and examples among them. */
  private static final List<Block> SPECIAL_6 =
      blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  /** Behind these is an address of version 4, its last four bytes. */
  private static final Block TRANSLATED = Block.of("64:ff9b::/96");

  /** A shorter prefix is a tunnel's that takes everything, and no neighbourhood. */
  private static final int LEAST_PREFIX = 8;

  private static final int BYTES_4 = 4;

  /** Addresses with the same first bits. */
  private record Block(byte[] first, int bits) {
    private static Block of(String text) {
      String[] sides = text.split("/");
      try {
        return new Block(InetAddress.getByName(sides[0]).getAddress(), Integer.parseInt(sides[1]));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(text, e);
      }
    }

    private boolean contains(byte[] address) {
      if (address.length != first.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % Byte.SIZE;
        if (((address[bit / Byte.SIZE] ^ first[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private static List<Block> blocks(String... texts) {
    return Arrays.stream(texts).map(Block::of).toList();
  }

  @Override
  public boolean test(InetAddress address) {
    byte[] bytes = address.getAddress();
    return isGlobal(bytes) && !isNear(bytes);
  }

  /** Java itself turns an address of version 4 that is written as one of version 6 back. */
  private static boolean isGlobal(byte[] address) {
    if (address.length == BYTES_4) {
      return SPECIAL_4.stream().noneMatch(block -> block.contains(address));
    }
    if (TRANSLATED.contains(address)) {
      return isGlobal(Arrays.copyOfRange(address, address.length - BYTES_4, address.length));
    }
    return GLOBAL_6.contains(address)
        && SPECIAL_6.stream().noneMatch(block -> block.contains(address));
  }

  /** This machine, or one of a network that it is in: public addresses are found at home too. */
  private static boolean isNear(byte[] address) {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(network -> network.getInterfaceAddresses().stream())
          .anyMatch(own -> neighbourhood(own).contains(address));
    } catch (SocketException e) {
      // Who cannot tell takes everything for near.
      return true;
    }
  }

  private static Block neighbourhood(InterfaceAddress own) {
    InetAddress address = own.getAddress();
    int whole = address instanceof Inet4Address ? Integer.SIZE : 2 * Long.SIZE;
    int prefix = own.getNetworkPrefixLength();
    return new Block(address.getAddress(), prefix < LEAST_PREFIX ? whole : prefix);
  }
}
