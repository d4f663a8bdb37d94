package dev.sluice.pipeline.share;

/** The only process of its stage: everything is ours, always. */
public final class WholeShare implements Share {

    @Override
    public boolean owns(String key) {
        return true;
    }

    @Override
    public void begin(Listener listener) {
        // Nothing comes and nothing goes.
    }

    @Override
    public void close() {
        // There is nobody to give it to.
    }
}
