package io.leat.compiler.simulation;

import io.leat.compiler.simulation.Trace.Event;
import io.leat.runtime.connector.ForwardingDisk;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The disk of a world as a process sees it: others go on in between, and operations fail. Errors that a world was told to make are made here. */
final class FaultyDisk extends ForwardingDisk {
    private final SimulatedProcess process;
    private final World world;
    private final SimulatedDisk disk;
    private final Faults faults;

    FaultyDisk(SimulatedProcess process, World world) {
        super(world.disk());
        this.process = process;
        this.world = world;
        this.disk = world.disk();
        this.faults = world.faults();
    }

    private void enter(Event event, Path path) throws IOException {
        process.point();
        world.trace().note(event, path.toString(), 0);
        mayFail(path);
    }

    /** Before an operation, or behind it: then it is done all the same. */
    private void mayFail(Path path) throws IOException {
        if (faults.failsOperation()) {
            world.trace().note(Event.FAULT, 0);
            throw new FileSystemException(path.toString(), null, "Input/output error");
        }
    }

    private void takeRoom(Path path) throws IOException {
        if (faults.refusesBytes()) {
            world.trace().note(Event.FAULT, 1);
            throw new FileSystemException(path.toString(), null, "No space left on device");
        }
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        enter(Event.LIST, directory);
        return disk.list(directory);
    }

    @Override
    public ReadFile open(Path path) throws IOException {
        enter(Event.READ, path);
        return disk.open(path);
    }

    @Override
    public InputStream read(Path path) throws IOException {
        enter(Event.READ, path);
        return disk.read(path);
    }

    @Override
    public OutputStream create(Path path) throws IOException {
        enter(Event.CREATE, path);
        takeRoom(path);
        OutputStream out = new Writing(path, disk.create(path));
        if (world.mutant() == Mutant.DECIDES_BEFORE_IT_PREPARES
                && world.places().isPreparation(path)) {
            decideFor(path, world.places().slot(path));
        }
        return out;
    }

    @Override
    public void sync(Path path) throws IOException {
        enter(Event.SYNC, path);
        if (faults.failsSync()) {
            world.trace().note(Event.FAULT, 2);
            disk.failSync(path);
            // What is merged beside the epochs is nothing they rest on; a start that would takes it over only when it
            // was synced.
            if (!path.toString().endsWith(".merging")) {
                process.syncFailed();
            }
            throw new FileSystemException(path.toString(), null, "Input/output error");
        }
        if (world.mutant().leavesOut(world.places(), path)) {
            return;
        }
        disk.sync(path);
        if (path.equals(world.places().decisions())) {
            world.decisions().sync();
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        enter(Event.MOVE, to);
        if (world.mutant() == Mutant.TAKES_A_SLOT_THAT_IS_TAKEN
                && world.places().isRoom(from)) {
            return;
        }
        disk.move(from, to);
        mayFail(to);
    }

    @Override
    public void delete(Path path) throws IOException {
        enter(Event.DELETE, path);
        disk.delete(path);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        enter(Event.MAKE_DIRECTORY, directory);
        takeRoom(directory);
        disk.createDirectory(directory);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        enter(Event.LINK, name);
        if (world.mutant() == Mutant.TAKES_A_SLOT_THAT_IS_TAKEN && disk.exists(file)) {
            disk.delete(name);
        }
        if (world.places().isSlot(name)) {
            decideFor(file, name);
        } else {
            disk.link(file, name);
        }
        mayFail(name);
    }

    private void decideFor(Path file, Path slot) throws IOException {
        if (world.mutant() == Mutant.DECIDES_BEFORE_IT_PREPARES && disk.exists(slot)) {
            return;
        }
        disk.link(file, slot);
        if (!world.isTransactional()) {
            long epoch = Places.number(slot);
            process.decides(epoch);
            world.decisions().decide(epoch, Places.attempt(file), false);
        }
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        enter(Event.LOCK, file);
        Optional<Closeable> lock = disk.lock(file);
        lock.ifPresent(process::locked);
        return lock.map(each -> () -> {
            if (!process.isDead()) {
                process.losesLocks();
            }
        });
    }

    /** Of what is being written at a crash, a part arrives. */
    private final class Writing extends FilterOutputStream {
        private final Path path;

        Writing(Path path, OutputStream out) {
            super(out);
            this.path = path;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            process.point();
            world.trace().note(Event.WRITE, path.toString(), length);
            int first = length < 2 ? 0 : faults.random().nextInt(length);
            out.write(bytes, offset, first);
            takeRoom(path);
            process.point();
            out.write(bytes, offset + first, length - first);
        }

        @Override
        public void flush() {
            // There is nothing that holds anything back.
        }

        @Override
        public void close() {
            // As above.
        }
    }
}
