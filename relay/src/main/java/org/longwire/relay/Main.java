package org.longwire.relay;

public final class Main {
  public static void main(String[] args) {
    System.out.println("x");
  }
}
