/** Where tensors live: {@link dev.retort.device.Torch} starts the engine, {@link dev.retort.device.Devices} finds the accelerator. */
package dev.retort.device;
