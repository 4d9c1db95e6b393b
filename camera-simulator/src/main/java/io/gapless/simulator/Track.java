package io.gapless.simulator;

import io.gapless.simulator.rtp.RtpStream;
import io.gapless.simulator.rtp.SenderReport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One track of a session: what is common to all kinds. Owned by the session's event loop. */
abstract class Track implements Pump.Series {
    private static final Logger LOG = LoggerFactory.getLogger(Track.class);

    private final Viewing viewing;
    private final Camera camera;
    private final RtpStream stream;
    private final PacketSink sink;
    private final Disturbance disturbance;
    private Optional<Pump> pump = Optional.empty();
    private Optional<Pump> reports = Optional.empty();
    private boolean dropping;

    Track(Viewing viewing, RtpStream stream, PacketSink sink, RandomGenerator random) {
        this.viewing = viewing;
        camera = viewing.camera();
        this.stream = stream;
        this.sink = sink;
        disturbance = new Disturbance(viewing.faults(), random);
    }

    /** The number with which a session that plays now starts. */
    abstract long first();

    /** RTP time, in ticks since the camera's start, of what a number stands for. */
    abstract long ticks(long number);

    /** RTP time, in ticks since the camera's start, of a moment. */
    abstract long ticksAt(long elapsedNanos);

    final RtpStream stream() {
        return stream;
    }

    final boolean isPlaying() {
        return pump.isPresent();
    }

    /** Starts to send and tells sequence number and time of what comes first (RTP-Info). */
    final String play(EventLoop eventLoop) {
        long first = first();
        pump = Optional.of(Pump.start(eventLoop, camera.clock(), this, first));
        SenderReports manner = camera.spec().time().senderReports();
        reports = manner.firstAfter().map(after -> startReports(eventLoop, after));
        int timestamp = stream.timestamp(ticks(first));
        return "seq=%d;rtptime=%d"
                .formatted(stream.nextSequence(), Integer.toUnsignedLong(timestamp));
    }

    private Pump startReports(EventLoop eventLoop, Duration after) {
        long start = camera.clock().elapsedNanos() + after.toNanos();
        return Pump.start(
                eventLoop,
                camera.clock(),
                new Pump.Series() {
                    @Override
                    public long dueNanos(long number) {
                        return start + number * SenderReports.PERIOD.toNanos();
                    }

                    @Override
                    public void send(long number) {
                        sendReport();
                    }
                },
                0);
    }

    private void sendReport() {
        if (viewing.faults().has(Fault.Freeze.class) || !sink.isReady()) {
            return;
        }
        long now = camera.clock().elapsedNanos();
        ByteBuf out = ByteBufAllocator.DEFAULT.buffer(64);
        long wallMicros = camera.believedMicros(now);
        SenderReport.write(out, stream, wallMicros, stream.timestamp(ticksAt(now)));
        sink.sendRtcp(out);
    }

    final void stop() {
        pump.ifPresent(Pump::stop);
        reports.ifPresent(Pump::stop);
        sink.close();
    }

    /**
     * Whether a frame can be sent; otherwise its packets are counted as lost.
     *
     * @return true if the client keeps up and the camera is not frozen
     */
    final boolean admits(int packets) {
        boolean frozen = viewing.faults().has(Fault.Freeze.class);
        boolean slow = !frozen && !sink.isReady();
        noteSlowness(slow);
        if (frozen || slow) {
            stream.skip(packets);
        }
        return !frozen && !slow;
    }

    private void noteSlowness(boolean slow) {
        if (slow) {
            camera.countDropped();
        }
        if (slow != dropping) {
            dropping = slow;
            LOG.info(
                    "Camera {}: a client {}",
                    camera.spec().name(),
                    slow ? "is too slow, frames are dropped" : "keeps up again");
        }
    }

    final void send(ByteBuf packets) {
        disturbance.garbage().ifPresent(sink::sendGarbage);
        sink.sendRtp(disturbance.thin(packets));
    }
}
