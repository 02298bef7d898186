/** Keys that plants and dealers send: part of the import contract, never renamed. */
export const coreComponents = [
  'electric-powertrain', 'traction-battery', 'battery-module', 'battery-management-system', 'battery-cooling-plate', 'battery-junction-box',
  'high-voltage-connector', 'drive-motor', 'inverter', 'reducer', 'onboard-charger', 'dc-dc-converter', 'integrated-charging-unit', 'charge-port',
  'vehicle-control-unit', 'low-voltage-supply', 'low-voltage-battery', 'alternator', 'wiring-harness', 'fuse-box', 'ground-point',
  'combustion-powertrain', 'engine', 'fuel-pump', 'fuel-injector', 'ignition-coil', 'turbocharger', 'engine-control-unit', 'fuel-tank',
  'exhaust-system', 'transmission', 'transmission-control-unit', 'clutch', 'driveline', 'half-shaft', 'propeller-shaft', 'differential', 'brakes',
  'brake-booster', 'brake-caliper', 'brake-disc', 'brake-pad', 'brake-hose', 'stability-control-module', 'parking-brake', 'steering',
  'steering-rack', 'steering-column', 'power-steering-motor', 'suspension', 'air-spring', 'damper', 'control-arm', 'ball-joint', 'wheel-bearing',
  'wheels', 'tire', 'rim', 'tire-pressure-sensor', 'thermal', 'air-conditioning-compressor', 'heat-pump', 'ptc-heater', 'coolant-pump', 'radiator',
  'coolant-hose', 'cabin-blower', 'body', 'body-structure', 'bumper', 'sliding-door', 'door-latch', 'door-handle', 'window-regulator', 'windshield',
  'sunroof', 'tailgate', 'hood-latch', 'wiper', 'washer', 'mirror', 'glovebox', 'trim-panel', 'paint', 'seats-restraints', 'seat-frame',
  'seat-heater', 'seat-belt', 'airbag', 'airbag-control-unit', 'occupant-sensor', 'lighting', 'headlamp', 'tail-lamp', 'interior-light',
  'infotainment', 'center-display', 'instrument-cluster', 'head-up-display', 'telematics-unit', 'audio-system', 'voice-assistant',
  'wireless-charger', 'driver-assistance', 'front-camera', 'surround-camera', 'front-radar', 'corner-radar', 'lidar', 'ultrasonic-sensor',
  'driver-assistance-controller', 'body-electronics', 'body-control-module', 'gateway-module', 'keyless-entry', 'horn', 'parking-lock',
  'unclassified',
]

export const coreSymptoms = [
  'loss-of-drive', 'power-reduced', 'stall', 'no-start', 'jerk', 'unintended-acceleration', 'unintended-braking', 'shift-failure', 'misfire',
  'rollaway', 'charging-stops', 'does-not-charge', 'charging-slow', 'range-drop', 'low-voltage-drain', 'battery-warning', 'isolation-fault',
  'brake-pedal-soft', 'brake-pedal-hard', 'brake-fluid-leak', 'braking-distance-long', 'brake-drag', 'brake-judder', 'parking-brake-failure',
  'steering-heavy', 'steering-pull', 'steering-play', 'overheating', 'smoke', 'fire', 'coolant-leak', 'oil-leak', 'oil-consumption', 'fuel-leak',
  'water-ingress', 'odor', 'no-cooling', 'no-heating', 'noise', 'noise-squeal', 'noise-clunk', 'noise-whine', 'noise-rattle', 'vibration',
  'suspension-sag', 'tire-pressure-loss', 'screen-black', 'screen-freeze', 'screen-reboot', 'display-distorted', 'connectivity-loss',
  'update-failure', 'audio-failure', 'voice-failure', 'warning-light', 'false-warning', 'assist-unavailable', 'phantom-braking', 'camera-image-lost',
  'sensor-fault', 'door-does-not-open', 'door-does-not-close', 'window-stuck', 'sunroof-stuck', 'pinch-protection-failure', 'hood-opens',
  'mirror-failure', 'horn-silent', 'seat-stuck', 'seat-heater-failure', 'wiper-failure', 'key-not-detected', 'lamp-off', 'lamp-stays-on',
  'lamp-moisture', 'paint-defect', 'corrosion', 'crack', 'part-detached', 'premature-wear', 'airbag-warning', 'airbag-not-deployed',
  'airbag-unintended', 'seat-belt-failure', 'other-symptom', 'not-a-quality-issue',
]
