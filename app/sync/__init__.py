"""The team file: lanes, hubs, the engine; it moves lines and knows no business."""
