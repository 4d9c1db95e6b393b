package io.gapless.archive.blocks;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All open blocks, looked after by one thread ({@link Pipeline#watch}). */
final class PipelineWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineWatch.class);

    private final Set<Pipeline> open = ConcurrentHashMap.newKeySet();

    void add(Pipeline pipeline) {
        open.add(pipeline);
    }

    void remove(Pipeline pipeline) {
        open.remove(pipeline);
    }

    @Override
    public void run() {
        for (Pipeline pipeline : open) {
            try {
                pipeline.watch();
            } catch (IOException | RuntimeException e) {
                // Its writer finds the same when it writes next; the timer must go on.
                LOG.debug("a block broke while nobody wrote", e);
                remove(pipeline);
            }
        }
    }
}
