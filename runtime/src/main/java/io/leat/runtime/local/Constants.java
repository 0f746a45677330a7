package io.leat.runtime.local;

import io.leat.runtime.job.Constant;
import io.leat.runtime.kernel.BytesConstant;
import io.leat.runtime.kernel.BytesSet;
import io.leat.runtime.kernel.NumberSet;
import io.leat.runtime.kernel.Zone;
import java.time.ZoneId;

/** Constants of generated code as the objects it uses. */
final class Constants {
    private Constants() {}

    static Object of(Constant constant, PhaseResources owner, JobContext context) {
        if (constant instanceof Constant.Bytes bytes) {
            return owner.own(new BytesConstant(bytes.value(), context.allocator()));
        }
        if (constant instanceof Constant.BytesSet set) {
            return owner.own(new BytesSet(set.values(), context.allocator()));
        }
        if (constant instanceof Constant.TimeZone zone) {
            return Zone.of(ZoneId.of(zone.name()));
        }
        Constant.NumberSet set = (Constant.NumberSet) constant;
        return new NumberSet(set.physical(), set.values());
    }
}
