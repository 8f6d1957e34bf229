package org.postrider.storage.jdbc;

/// One kind of change.
///
/// @param before makes that there is something to change
/// @param change can be made again when it failed
/// @param proof of what nobody is told, after the change was made
record Recipe(String name, Step before, Step change, Step proof) {

    @FunctionalInterface
    interface Step {
        void take(Scene scene) throws Exception;
    }

    private static final Step NOTHING = _ -> {};

    static Recipe of(String name, Step change) {
        return new Recipe(name, NOTHING, change, NOTHING);
    }

    Recipe after(Step first) {
        return new Recipe(name, first, change, proof);
    }

    Recipe proving(Step what) {
        return new Recipe(name, before, change, what);
    }

    @Override
    public String toString() {
        return name;
    }
}
