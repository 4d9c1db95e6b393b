package io.gapless.ring;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Adds up lengths. Files that vanish meanwhile count nothing, nor does what cannot be read. */
final class TotalSize extends SimpleFileVisitor<Path> {
    private long bytes;

    private TotalSize() {}

    static long of(Path directory) throws IOException {
        TotalSize total = new TotalSize();
        Files.walkFileTree(directory, total);
        return total.bytes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        bytes += attributes.size();
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
        return FileVisitResult.CONTINUE;
    }
}
