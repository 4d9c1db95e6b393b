package io.gapless.simulator;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Measures what one thread of the simulator can serve over TCP on this machine: {@code
 * ThroughputMeasurement [CAMERAS [MBIT_PER_SECOND [SECONDS]]]}, 64 cameras of 16 Mbit/s for 10 s if
 * not said. The clients do nothing but read, on another thread of this process.
 */
final class ThroughputMeasurement {
    private final int cameras;
    private final int megabits;
    private final Duration duration;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ByteBuffer discarded = ByteBuffer.allocateDirect(1 << 20);

    private ThroughputMeasurement(int cameras, int megabits, Duration duration) {
        this.cameras = cameras;
        this.megabits = megabits;
        this.duration = duration;
    }

    public static void main(String[] args) throws Exception {
        int cameras = args.length > 0 ? Integer.parseInt(args[0]) : 64;
        int megabits = args.length > 1 ? Integer.parseInt(args[1]) : 16;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 10;
        new ThroughputMeasurement(cameras, megabits, Duration.ofSeconds(seconds)).run();
    }

    @SuppressWarnings("SystemOut")
    private void run() throws IOException {
        try (SimulatedCameras simulated =
                        SimulatedCameras.builder().cameras(cameras, this::likeness).start();
                Selector selector = Selector.open()) {
            for (String name : simulated.names()) {
                play(simulated, name, selector);
            }
            receive(selector, Duration.ofSeconds(4));
            long cpuBefore = simulatorCpuNanos();
            long start = System.nanoTime();
            long bytes = receive(selector, duration);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpu = (simulatorCpuNanos() - cpuBefore) / 1e9;
            long dropped = simulated.names().stream().mapToLong(simulated::droppedFrames).sum();
            System.out.printf(
                    "%d cameras: %.0f Mbit/s received over TCP, the simulator's thread used %.0f %% of a core, which is %.2f Gbit/s at 100 %% and %.2f CPU s/GB; %d frames dropped%n",
                    cameras,
                    bytes * 8 / seconds / 1e6,
                    100 * cpu / seconds,
                    bytes * 8 / cpu / 1e9,
                    cpu / (bytes / 1e9),
                    dropped);
        }
    }

    private CameraSpec likeness(CameraSpec plain) {
        return plain.withVideo(video -> video.withBitsPerSecond(megabits * 1_000_000));
    }

    private static void play(SimulatedCameras simulated, String camera, Selector selector)
            throws IOException {
        SocketChannel channel =
                SocketChannel.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), simulated.port()));
        String uri = simulated.uri(camera).toString();
        String requests =
                "SETUP %s/trackID=1 RTSP/1.0\r\nCSeq: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\nPLAY %s RTSP/1.0\r\nCSeq: 2\r\n\r\n"
                        .formatted(uri, uri);
        channel.write(ByteBuffer.wrap(requests.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    private long receive(Selector selector, Duration howLong) throws IOException {
        long end = System.nanoTime() + howLong.toNanos();
        long bytes = 0;
        while (System.nanoTime() < end) {
            selector.select(100);
            for (SelectionKey key : selector.selectedKeys()) {
                discarded.clear();
                bytes += ((SocketChannel) key.channel()).read(discarded);
            }
            selector.selectedKeys().clear();
        }
        return bytes;
    }

    private long simulatorCpuNanos() {
        long nanos = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("camera-simulator")) {
                nanos += threads.getThreadCpuTime(id);
            }
        }
        return nanos;
    }
}
