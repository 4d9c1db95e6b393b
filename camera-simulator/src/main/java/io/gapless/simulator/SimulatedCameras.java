package io.gapless.simulator;

import static java.util.Objects.requireNonNull;

import io.gapless.simulator.content.VideoFormat;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cameras that serve RTSP on one port, {@code rtsp://HOST:PORT/NAME}, until closed. Every frame
 * carries a {@link io.gapless.simulator.content.FrameMark}; all sessions of a camera see the same
 * frames. For any thread.
 */
public final class SimulatedCameras implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedCameras.class);
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private final String host;
    private final Map<String, Camera> cameras;
    private final RtspServer server;

    private SimulatedCameras(String host, Map<String, Camera> cameras, RtspServer server) {
        this.host = host;
        this.cameras = cameras;
        this.server = server;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The cameras' names in the order they were given. */
    public List<String> names() {
        return List.copyOf(cameras.keySet());
    }

    /** The port of RTSP. */
    public int port() {
        return server.port();
    }

    /** A camera's address, without user and password. */
    public URI uri(String camera) {
        return uri(camera, Side.PRIMARY);
    }

    /** Another address of the same camera, with the same frames and with faults of its own. */
    public URI replicaUri(String camera) {
        return uri(camera, Side.REPLICA);
    }

    public URI uri(String camera, Side side) {
        String path = camera(camera).address(side).path();
        return URI.create("rtsp://%s:%d/%s".formatted(host, port(), path));
    }

    /** Frames that a camera has produced so far, whoever saw them: the counter of the next. */
    public long frameCount(String camera) {
        return camera(camera).frameCount();
    }

    /** Frames and audio units that were not sent because a client was too slow. */
    public long droppedFrames(String camera) {
        return camera(camera).droppedFrames();
    }

    /** See {@link Fault.Reboot}. */
    public void reboot(String camera, Duration duration) {
        inject(camera, new Fault.Reboot(), duration);
    }

    /** See {@link Fault.Freeze}. */
    public void freeze(String camera, Duration duration) {
        inject(camera, new Fault.Freeze(), duration);
    }

    /** See {@link Fault.RefusePassword}. */
    public void refusePassword(String camera, Duration duration) {
        inject(camera, new Fault.RefusePassword(), duration);
    }

    /** See {@link Fault.Garbage}. */
    public void garbage(String camera, Duration duration) {
        inject(camera, new Fault.Garbage(), duration);
    }

    /** See {@link Fault.GarbageReplies}. */
    public void garbageReplies(String camera, Duration duration) {
        inject(camera, new Fault.GarbageReplies(), duration);
    }

    /** See {@link Fault.PacketLoss}. */
    public void losePackets(String camera, double percent, Duration duration) {
        inject(camera, new Fault.PacketLoss(percent), duration);
    }

    /** See {@link Fault.PacketLoss}; only on the way to those who came by one address. */
    public void losePackets(String camera, Side side, double percent, Duration duration) {
        inject(camera, side, new Fault.PacketLoss(percent), duration);
    }

    /** See {@link Fault.ClockStep}. */
    public void stepClock(String camera, Duration by) {
        inject(camera, new Fault.ClockStep(by));
    }

    /**
     * See {@link Fault.Resolution}; encodes the new picture first, on the caller's thread.
     *
     * @return the counter of the first frame of the new size
     * @throws IllegalArgumentException if the camera has an encoder per session
     */
    public long changeResolution(String camera, int width, int height) {
        Camera changed = camera(camera);
        return changed.change(width, height, changed.sharedEncoder().current().labelledFps());
    }

    /** Lets a camera have a fault from now on, for good. */
    public void inject(String camera, Fault fault) {
        inject(camera, fault, FOR_EVER);
    }

    /**
     * Lets a camera have a fault from now on for a while, on both sides; sizes, labels and clocks
     * stay.
     */
    public void inject(String camera, Fault fault, Duration duration) {
        LOG.info("Camera {}: {}", camera, fault);
        Camera faulty = camera(camera);
        if (fault instanceof Fault.Resolution size) {
            changeResolution(camera, size.width(), size.height());
        } else if (fault instanceof Fault.FrameRateLabel label) {
            VideoFormat format = faulty.sharedEncoder().current().clip().format();
            faulty.change(format.width(), format.height(), label.framesPerSecond());
        } else if (fault instanceof Fault.ClockStep step) {
            faulty.stepClock(step.by());
        } else {
            for (Side side : Side.values()) {
                faulty.address(side).begin(fault, duration);
            }
        }
    }

    /**
     * Lets one address of a camera have a fault from now on for a while.
     *
     * @throws IllegalArgumentException if it is a fault of the whole camera: picture, label or
     *     clock
     */
    public void inject(String camera, Side side, Fault fault, Duration duration) {
        requireOneSided(fault);
        LOG.info("Camera {}, {} side: {}", camera, side, fault);
        camera(camera).address(side).begin(fault, duration);
    }

    static void requireOneSided(Fault fault) {
        if (fault instanceof Fault.Resolution
                || fault instanceof Fault.FrameRateLabel
                || fault instanceof Fault.ClockStep) {
            throw new IllegalArgumentException(
                    "%s is a fault of both sides of a camera".formatted(fault));
        }
    }

    /** Encodes what a fault will need, so that it begins at once when injected. */
    void prepare(String camera, Fault fault) {
        Camera faulty = camera(camera);
        if (fault instanceof Fault.Resolution size) {
            faulty.prepare(size.width(), size.height());
        }
    }

    /** Ends all faults of a camera that end by themselves. */
    public void heal(String camera) {
        for (Side side : Side.values()) {
            heal(camera, side);
        }
    }

    /** Ends all faults of one address that end by themselves. */
    public void heal(String camera, Side side) {
        camera(camera).address(side).faults().endAll();
    }

    private Camera camera(String name) {
        Camera camera = cameras.get(name);
        if (camera == null) {
            throw new IllegalArgumentException("there is no camera '%s'".formatted(name));
        }
        return camera;
    }

    /** Closes the port and all connections, and waits until its threads have ended. */
    @Override
    public void close() {
        server.close();
    }

    /** What to simulate. */
    public static final class Builder {
        private final List<CameraSpec> specs = new ArrayList<>();
        private ClipLibrary library = new ClipLibrary();
        private String host = "127.0.0.1";
        private int port;
        private int eventLoops = 1;
        private InstantSource wallClock = InstantSource.system();
        private LongSupplier nanoTicker = System::nanoTime;

        private Builder() {}

        public Builder camera(CameraSpec spec) {
            specs.add(requireNonNull(spec, "spec is null"));
            return this;
        }

        /** Adds cameras {@code cam-1} to {@code cam-N}, all alike. */
        public Builder cameras(int count, UnaryOperator<CameraSpec> likeness) {
            for (int i = 1; i <= count; i++) {
                camera(likeness.apply(CameraSpec.named("cam-" + i)));
            }
            return this;
        }

        /** Clips to share with others. */
        public Builder library(ClipLibrary value) {
            library = value;
            return this;
        }

        /** The address to bind; 127.0.0.1 if not said. */
        public Builder host(String value) {
            host = value;
            return this;
        }

        /** The port of RTSP; any free one if 0 or not said. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Threads that serve; one if not said, good for 1 Gbit/s. */
        public Builder eventLoops(int value) {
            eventLoops = value;
            return this;
        }

        public Builder wallClock(InstantSource value) {
            wallClock = value;
            return this;
        }

        public Builder nanoTicker(LongSupplier value) {
            nanoTicker = value;
            return this;
        }

        /**
         * Encodes the clips and opens the port.
         *
         * @throws IOException if the port cannot be opened; the message is one clear sentence
         * @throws io.gapless.simulator.content.EncodingException if FFmpeg cannot encode a format
         */
        public SimulatedCameras start() throws IOException {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("a port must be 0 to 65535, not " + port);
            }
            // Before the clock starts, from which the frames are counted.
            specs.forEach(spec -> Camera.encode(spec, library));
            CameraClock clock = new CameraClock(wallClock, nanoTicker);
            Map<String, Camera> cameras = new LinkedHashMap<>();
            for (int i = 0; i < specs.size(); i++) {
                CameraSpec spec = specs.get(i);
                double share = (double) i / specs.size();
                if (cameras.put(spec.name(), new Camera(spec, clock, library, share)) != null) {
                    throw new IllegalArgumentException(
                            "there are two cameras '%s'".formatted(spec.name()));
                }
            }
            RtspServer server = RtspServer.start(host, port, eventLoops, cameras);
            return new SimulatedCameras(host, cameras, server);
        }
    }
}
