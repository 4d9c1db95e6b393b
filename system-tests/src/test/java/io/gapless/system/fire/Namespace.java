package io.gapless.system.fire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A network namespace of the primary's, joined to the others by a pair of virtual devices on which
 * the packet filter may lose packets at random. Needs root, {@code ip} and {@code nft}.
 */
final class Namespace implements AutoCloseable {
    private static final long OWN_PID = ProcessHandle.current().pid();

    private final String name = "gapless-%d".formatted(OWN_PID);
    private final String outside = "gl%do".formatted(OWN_PID % 1_000_000);
    private final String inside = "gl%di".formatted(OWN_PID % 1_000_000);
    private final String network = "10.%d.%d".formatted(200 + OWN_PID % 50, OWN_PID / 50 % 250);
    private final Path rules;
    private final OnExit added;

    Namespace(Path directory) throws IOException, InterruptedException {
        this.rules = directory.resolve("loss.nft");
        ip("netns", "add", name);
        this.added = new OnExit(this::remove);
        ip("link", "add", outside, "type", "veth", "peer", "name", inside);
        ip("link", "set", inside, "netns", name);
        ip("addr", "add", outsideHost() + "/24", "dev", outside);
        ip("link", "set", outside, "up");
        ip("-n", name, "addr", "add", insideHost() + "/24", "dev", inside);
        ip("-n", name, "link", "set", inside, "up");
        ip("-n", name, "link", "set", "lo", "up");
    }

    /** What this machine lacks for it; empty if nothing. */
    static String lacking() {
        if (!Shell.succeeds("ip", "netns", "list")) {
            return "ip netns";
        }
        String probe = "gapless-probe-%d".formatted(OWN_PID);
        if (!Shell.succeeds("ip", "netns", "add", probe)) {
            return "the right to add a network namespace";
        }
        Shell.succeeds("ip", "netns", "del", probe);
        return Shell.succeeds("nft", "list", "tables") ? "" : "nft (Debian: nftables)";
    }

    /** The other end of the wire, where relays listen. */
    String outsideHost() {
        return network + ".1";
    }

    /** The primary's address. */
    String insideHost() {
        return network + ".2";
    }

    /** Runs a command inside. */
    List<String> command() {
        return List.of("ip", "netns", "exec", name);
    }

    /** Each way, of the packets to and from the given TCP ports outside. */
    void lose(double percent, List<Integer> ports) throws IOException, InterruptedException {
        heal();
        String set = ports.toString().replace('[', '{').replace(']', '}');
        String drop = "numgen random mod 1000 < %d drop".formatted(Math.round(percent * 10));
        String rule =
                """
                table inet %s {
                  chain arriving {
                    type filter hook input priority 0; policy accept;
                    iifname "%s" tcp %s %s %s
                  }
                }
                """;
        Files.writeString(rules, rule.formatted(table(), outside, "dport", set, drop));
        Shell.run("nft", "-f", rules.toString());
        Files.writeString(rules, rule.formatted(table(), inside, "sport", set, drop));
        Shell.run("ip", "netns", "exec", name, "nft", "-f", rules.toString());
    }

    void heal() {
        Shell.succeeds("nft", "delete", "table", "inet", table());
        Shell.succeeds("ip", "netns", "exec", name, "nft", "delete", "table", "inet", table());
    }

    private String table() {
        return "gapless_%d".formatted(OWN_PID);
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "ip";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Shell.run(command);
    }

    @Override
    public void close() {
        added.close();
    }

    private void remove() {
        heal();
        Shell.succeeds("ip", "link", "del", outside);
        Shell.succeeds("ip", "netns", "del", name);
    }
}
