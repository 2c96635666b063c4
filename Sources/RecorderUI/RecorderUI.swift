// RecorderUI
