package dev.sluice.rendering;

import dev.sluice.kustomize.api.BuildException;

/** Decrypts a file that a build takes in. A port: the keys are elsewhere. */
public interface FileDecryption {

    /**
     * The file's content in clear.
     *
     * @throws BuildException where it cannot be decrypted; the message names the file
     */
    byte[] decrypt(EncryptedFile file, byte[] content) throws BuildException;
}
