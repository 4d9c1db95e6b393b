package io.gapless.archive;

import io.gapless.archive.ArchiveWriterOptions.Output;

/** All of it by our own output. */
class ArchiveByBlocksOnHdfsTest extends ArchiveOnHdfsTest {
    @Override
    Output output() {
        return Output.BLOCKS;
    }
}
