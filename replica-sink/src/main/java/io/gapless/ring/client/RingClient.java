package io.gapless.ring.client;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.TimeRange;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/**
 * Asks one ring. Safe for use by any number of threads; the calls block, each no longer than the
 * options' total time. An interrupted call ends with an exception, the thread still interrupted.
 */
public final class RingClient implements AutoCloseable {
    private final RingAddress address;
    private final RingClientOptions options;
    private final LongSupplier nanoTicker;
    private final ExecutorService threads;
    private final RingHttp http;

    /**
     * @throws IllegalArgumentException with one sentence if the address's TLS files cannot be used
     */
    public RingClient(RingAddress address, RingClientOptions options) {
        this(address, options, System::nanoTime);
    }

    RingClient(RingAddress address, RingClientOptions options, LongSupplier nanoTicker) {
        this.address = requireNonNull(address, "address is null");
        this.options = requireNonNull(options, "options is null");
        this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker is null");
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(options.connectTimeout());
        if (address.isSecure()) {
            builder.sslContext(ClientTls.context(address.tls(), address.certifiedName()));
        }
        this.threads = Executors.newCachedThreadPool(RingClient::thread);
        this.http = new RingHttp(builder.executor(threads).build(), address, options);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "ring-client");
        thread.setDaemon(true);
        return thread;
    }

    public RingAddress address() {
        return address;
    }

    /**
     * The fragments of a camera that overlap {@code range}.
     *
     * @throws RingException the ring's failure, by its kind
     */
    public RingListing list(CameraId camera, TimeRange range) throws RingException {
        Asked asked = Asked.listing(address, camera);
        Patience patience = new Patience(options, nanoTicker);
        return new ListingRequest(http, options, camera, range, patience, asked).run();
    }

    /** Likewise, as fast as it comes. */
    public Fragment fetch(RingFragment listed, MediaMemory memory) throws RingException {
        return fetch(listed, memory, Throttle.NONE);
    }

    /**
     * Fetches a fragment and proves it: sizes, boxes, the header as it was listed, the digest over
     * its video.
     *
     * @return the fragment, which the caller owns
     * @throws RingException the ring's failure, by its kind; no memory is kept
     */
    public Fragment fetch(RingFragment listed, MediaMemory memory, Throttle throttle)
            throws RingException {
        Asked asked = Asked.fragment(address, listed.header());
        return new FragmentRequest(http, options, listed, throttle, nanoTicker, asked).run(memory);
    }

    /**
     * Nothing can be asked afterwards. Calls under way should have been interrupted; they end when
     * their time is over at the latest.
     */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
